import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { bytesOf, type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { largestPackage, PackageInUse, PackageMissing, PackageTaken, SignatureWrong } from './package.ts';
import type { Packages } from './packages.ts';
import {
  ModelsText,
  NoteText,
  PackageView,
  packageView,
  Ref,
  SignatureText,
  SignerView,
  signerView,
  TitleText,
  VersionText,
} from './schemas.ts';
import { SignerInvalid, SignerMissing, SignerTaken } from './signer.ts';
import { mustReachAll, type Signers } from './signers.ts';

/** Keys that are trusted, and packages they have signed. */
export const packageRoutes = (packages: Packages, signers: Signers): MountedRoute[] => [
  route({
    id: 'firmware.signers',
    at: 'GET /signers',
    summary: 'Keys whose signatures make a package one that may be offered',
    permission: 'firmware:read',
    reply: Type.Array(SignerView),
    run: async ({ actor }) => (await signers.list(actor)).map(signerView),
  }),
  route({
    id: 'firmware.trust',
    at: 'POST /signers',
    summary: 'Trust a key from now on: Ed25519 as PEM, or SM2 as its uncompressed point in hexadecimal',
    permission: 'firmware:trust',
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 120 }),
      publicKey: Type.String({ minLength: 1, maxLength: 2000 }),
    }),
    reply: SignerView,
    status: 201,
    problems: [SignerInvalid, SignerTaken, NotAllowed],
    run: async ({ actor, body }) => signerView(await signers.add(actor, body.name, body.publicKey)),
  }),
  route({
    id: 'firmware.distrust',
    at: 'DELETE /signers/:id',
    summary: 'Trust it no longer; campaigns of its packages are held',
    permission: 'firmware:trust',
    params: Ref,
    status: 204,
    problems: [SignerMissing, NotAllowed],
    run: ({ actor, params }) => signers.end(actor, params.id),
  }),
  route({
    id: 'firmware.packages',
    at: 'GET /packages',
    summary: 'Packages, the newest first',
    permission: 'firmware:read',
    reply: Type.Array(PackageView),
    run: async ({ actor }) => (await packages.list(actor)).map(packageView),
  }),
  route({
    id: 'firmware.addPackage',
    at: 'POST /packages',
    summary: 'Put a package in: its bytes as application/octet-stream; refused unless a trusted key has signed it',
    permission: 'firmware:manage',
    query: Type.Object({
      title: TitleText,
      version: VersionText,
      models: ModelsText,
      signature: SignatureText,
      note: NoteText,
    }),
    body: 'bytes',
    bodyLimit: largestPackage,
    reply: PackageView,
    status: 201,
    problems: [SignatureWrong, PackageTaken, InputInvalid, NotAllowed],
    run: async ({ actor, query, body }) => {
      mustReachAll(actor);
      const bytes = bytesOf(body);
      const { models, ...words } = query;
      return packageView(await packages.add(actor, { ...words, models: models.split(','), bytes }));
    },
  }),
  route({
    id: 'firmware.withdraw',
    at: 'DELETE /packages/:id',
    summary: 'Offer a package no more',
    permission: 'firmware:manage',
    params: Ref,
    status: 204,
    problems: [PackageMissing, PackageInUse, NotAllowed],
    run: ({ actor, params }) => packages.withdraw(actor, params.id),
  }),
];
