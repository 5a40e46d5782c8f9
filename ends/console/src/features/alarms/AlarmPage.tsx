import { Card } from 'antd';
import { useParams } from 'react-router';
import { AlarmBody } from './AlarmBody.tsx';

export default function AlarmPage() {
  const { id } = useParams();
  return <Card>{id ? <AlarmBody id={id} /> : null}</Card>;
}
