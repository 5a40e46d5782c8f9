export { ensureCertificate, ownNames, type ServerCertificate } from './certificate.ts';
