import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Empty, Flex, List, Skeleton, Tag, Typography, theme } from 'antd';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { gcj02 } from './gcj02.ts';
import { type Project, stateColours, useFreshHouses, useProjects } from './queries.ts';

interface Located {
  project: Project;
  at: [number, number];
}

/** The middle of a place, WGS-84. */
function middleOf(geometry: unknown): [number, number] | undefined {
  const { type, coordinates } = (geometry ?? {}) as { type?: string; coordinates?: unknown };
  if (type === 'Point') return coordinates as [number, number];
  if (type !== 'Polygon') return undefined;
  const ring = (coordinates as [number, number][][])[0] ?? [];
  const corners = ring.slice(0, -1);
  if (corners.length === 0) return undefined;
  const sum = corners.reduce<[number, number]>(
    ([x, y], [longitude, latitude]) => [x + longitude, y + latitude],
    [0, 0],
  );
  return [sum[0] / corners.length, sum[1] / corners.length];
}

const width = 720;
const height = 420;
const margin = 40;

/** Projects where they lie to each other; the list below says the same in words. */
function Chart({ located }: { located: Located[] }) {
  const t = useT();
  const { token } = theme.useToken();
  const xs = located.map(({ at }) => at[0]);
  const ys = located.map(({ at }) => at[1]);
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  const span = Math.max(Math.max(...xs) - left, Math.max(...ys) - bottom, 0.005);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('stock.map.menu')} style={{ width: '100%' }}>
      <rect width={width} height={height} fill={token.colorFillQuaternary} rx={8} />
      {located.map(({ project, at }) => {
        const x = margin + ((at[0] - left) / span) * (width - 2 * margin);
        const y = height - margin - ((at[1] - bottom) / span) * (height - 2 * margin);
        const houses = project.states.reduce((sum, { count }) => sum + count, 0);
        return (
          <g key={project.id}>
            <circle
              cx={x}
              cy={y}
              r={6 + Math.min(18, Math.sqrt(houses) / 3)}
              fill={token.colorPrimary}
              fillOpacity={0.5}
            />
            <text x={x} y={y - 26} textAnchor="middle" fontSize={13} fill={token.colorText}>
              {project.name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Project map 项目地图: where the projects lie and how their houses stand. */
export default function ProjectsPage() {
  const t = useT();
  const { data, error } = useProjects();
  useFreshHouses();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  const located = data.items.flatMap((project) => {
    const middle = middleOf(project.geometry);
    // Only here, for the eye: what is kept and sent stays WGS-84.
    return middle ? [{ project, at: gcj02(middle) }] : [];
  });
  return (
    <Flex vertical gap={16}>
      <Card title={t('stock.map.menu')}>
        {located.length > 0 ? <Chart located={located} /> : <Empty description={t('stock.map.nowhere')} />}
      </Card>
      <List
        bordered
        dataSource={data.items}
        renderItem={(project) => (
          <List.Item key={project.id}>
            <List.Item.Meta
              title={<Link to={`/houses?under=${encodeURIComponent(project.path)}`}>{project.name}</Link>}
              description={project.address ?? project.code}
            />
            <Flex wrap gap={4}>
              {project.states.map(({ state, count }) => (
                <Tag key={state} color={stateColours[state]}>
                  {t(`stock.state.${state}`)} {count}
                </Tag>
              ))}
              {project.states.length === 0 ? (
                <Typography.Text type="secondary">{t('stock.map.none')}</Typography.Text>
              ) : null}
            </Flex>
          </List.Item>
        )}
      />
    </Flex>
  );
}
