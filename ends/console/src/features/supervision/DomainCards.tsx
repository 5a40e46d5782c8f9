import { useT, useTexts } from '@keystead/ui/i18n';
import { Card, Flex, Typography, theme } from 'antd';
import type { Board, Figure, Measure } from './queries.ts';
import { shown } from './shown.ts';

const domains = ['house', 'tenant', 'fee', 'repair', 'energy', 'warning'] as const;

/** What a figure was worked out from, for those who look into the page: `952/20000`. */
const sumsOf = (figure: Figure | undefined) => figure && `${figure.num}/${figure.den}`;

interface DomainCardsProps {
  measures: readonly Measure[];
  figures: Board['figures'];
  chosen: string | undefined;
  loading: boolean;
  onChoose(measure: string): void;
}

/** The figures of each domain beside each other; a click chooses the one the rest of the page is about. */
export function DomainCards({ measures, figures, chosen, loading, onChoose }: DomainCardsProps) {
  const t = useT();
  const { token } = theme.useToken();
  const own = useTexts().language === 'en' ? 'en' : 'zh';
  const told = new Map(figures.map((figure) => [figure.measure, figure]));
  return (
    <Flex wrap gap={12}>
      {domains.map((domain) => {
        const inside = measures.filter((measure) => measure.domain === domain);
        if (inside.length === 0) return null;
        return (
          <Card
            key={domain}
            size="small"
            loading={loading}
            title={t(`supervision.domains.${domain}`)}
            style={{ flex: `${inside.length} 1 ${inside.length * 150}px` }}
            styles={{ body: { padding: 8 } }}
            data-domain={domain}
          >
            <Flex wrap gap={4}>
              {inside.map((measure) => {
                const pressed = measure.id === chosen;
                return (
                  <button
                    key={measure.id}
                    type="button"
                    aria-pressed={pressed}
                    title={measure.formula[own]}
                    data-measure={measure.id}
                    onClick={() => onChoose(measure.id)}
                    style={{
                      all: 'unset',
                      boxSizing: 'border-box',
                      cursor: 'pointer',
                      flex: '1 1 132px',
                      padding: '8px 10px',
                      borderRadius: token.borderRadius,
                      background: pressed ? token.colorPrimaryBg : 'transparent',
                      boxShadow: pressed ? `inset 0 0 0 1px ${token.colorPrimaryBorder}` : 'none',
                    }}
                  >
                    <Typography.Text type="secondary" style={{ display: 'block', whiteSpace: 'nowrap' }}>
                      {measure.name[own]}
                    </Typography.Text>
                    <Flex align="baseline" gap={4}>
                      <Typography.Text
                        strong
                        data-value
                        data-sums={sumsOf(told.get(measure.id))}
                        style={{ fontSize: 22, lineHeight: '30px', fontVariantNumeric: 'tabular-nums' }}
                      >
                        {shown(measure.unit, told.get(measure.id)?.value ?? null)}
                      </Typography.Text>
                      {measure.unit === 'ratio' ? null : (
                        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                          {t(`supervision.units.${measure.unit}`)}
                        </Typography.Text>
                      )}
                    </Flex>
                  </button>
                );
              })}
            </Flex>
          </Card>
        );
      })}
    </Flex>
  );
}
