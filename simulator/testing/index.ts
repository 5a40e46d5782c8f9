export { connackOf, type Packet, RawBroker, textAt, until } from './raw-broker.ts';
