export { defaultUserId, readSm2Certificate, type Sm2Certificate, verifiesSm2 } from './certificate.ts';
export { checkSm2Chain, type Sm2ChainFault, type Sm2Finding } from './chain.ts';
