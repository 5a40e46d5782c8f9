import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Card, Col, Empty, Flex, Row, Space, Typography } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { ExportButton } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PlaceEditor } from './PlaceEditor.tsx';
import { PlaceImport } from './PlaceImport.tsx';
import { PlaceTree } from './PlaceTree.tsx';
import { PlaceView } from './PlaceView.tsx';
import { useFreshPlaces } from './queries.ts';

/** The tree on the left, the chosen place on the right; the address keeps both. */
export default function PlacesPage() {
  const t = useT();
  const { id } = useParams();
  const navigate = useNavigate();
  const { may } = useSession();
  const [dialog, setDialog] = useState<'add' | 'import'>();
  useFreshPlaces();

  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" wrap gap={8}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('places.title')}
        </Typography.Title>
        <Space wrap>
          <ExportButton
            name={t('places.exportName')}
            ask={(format) => sdk.places.export({ query: { format, ...(id ? { under: id } : {}) } })}
          />
          {may('place:write') ? (
            <>
              <Button icon={<ImportOutlined />} onClick={() => setDialog('import')}>
                {t('places.import')}
              </Button>
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setDialog('add')}>
                {t('places.addTop')}
              </Button>
            </>
          ) : null}
        </Space>
      </Flex>
      <Row gutter={[12, 12]}>
        <Col xs={24} md={8} xl={6}>
          <Card
            styles={{ body: { padding: 12 } }}
            style={{ position: 'sticky', top: 72, maxHeight: 'calc(100vh - 88px)', overflow: 'auto' }}
          >
            <PlaceTree selected={id} onSelect={(chosen) => void navigate(`/places/${chosen}`)} />
          </Card>
        </Col>
        <Col xs={24} md={16} xl={18} style={{ minWidth: 0 }}>
          {id ? (
            <PlaceView key={id} id={id} />
          ) : (
            <Card>
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('places.choose')} />
            </Card>
          )}
        </Col>
      </Row>
      {dialog === 'add' ? (
        <PlaceEditor
          parent={null}
          onClose={() => setDialog(undefined)}
          onDone={(made) => void navigate(`/places/${made.id}`)}
        />
      ) : null}
      {dialog === 'import' ? <PlaceImport onClose={() => setDialog(undefined)} /> : null}
    </Flex>
  );
}
