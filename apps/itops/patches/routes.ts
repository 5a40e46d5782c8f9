import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { Download, type MountedRoute, route, wire } from '@keystead/kernel/http';
import { type Advisory, AdvisoryCodeTaken, AdvisoryMissing } from './advisory.ts';
import type { PatchesService } from './patches.ts';
import {
  AdvisoryBody,
  AdvisoryFile,
  AdvisoryPage,
  AdvisoryQuery,
  AdvisoryRef,
  AdvisoryView,
  AssetList,
  AssetQuery,
  CheckReply,
  ImportBody,
  ImportReply,
  TaskPage,
  TaskQuery,
} from './schemas.ts';
import type { TaskLine } from './store.ts';

/** As it is sent; `A` may carry more than an advisory has. */
const advisoryView = <A extends Advisory>({ affected, links, ...advisory }: A) => ({
  ...wire(advisory),
  affected: affected.map(({ ranges, versions, ...of }) => ({ ...of, ranges: [...ranges], versions: [...versions] })),
  links: [...links],
});
const taskView = ({ organisation: _, place: __, ...task }: TaskLine) => wire(task);
const documentsLimit = 8 * 1024 * 1024;

export const patchRoutes = (patches: PatchesService): MountedRoute[] => [
  route({
    id: 'patches.tasks',
    at: 'GET /tasks',
    summary: 'Work that removes a known weakness, newest first',
    permission: 'patch:read',
    query: TaskQuery,
    reply: TaskPage,
    problems: [InputInvalid],
    run: async ({ actor, query }) => {
      const { items, next } = await patches.tasks(actor, query);
      return { items: items.map(taskView), next };
    },
  }),
  route({
    id: 'patches.advisories',
    at: 'GET /advisories',
    summary: 'Known weaknesses and how many assets have them',
    permission: 'patch:read',
    query: AdvisoryQuery,
    reply: AdvisoryPage,
    problems: [InputInvalid],
    run: async ({ actor, query }) => {
      const { items, next } = await patches.advisories(actor, query);
      return { items: items.map(advisoryView), next };
    },
  }),
  route({
    id: 'patches.advisory',
    at: 'GET /advisories/:id',
    summary: 'One weakness: where it was found, and what is done about it',
    permission: 'patch:read',
    params: AdvisoryRef,
    reply: AdvisoryFile,
    problems: [AdvisoryMissing],
    run: async ({ actor, params }) => {
      const { advisory, tasks, findings } = await patches.advisory(actor, params.id);
      return {
        advisory: advisoryView(advisory),
        tasks: tasks.map(taskView),
        findings: findings.map(({ task: _, ...finding }) => wire(finding)),
      };
    },
  }),
  route({
    id: 'patches.addAdvisory',
    at: 'POST /advisories',
    summary: 'Enter a weakness by hand',
    permission: 'patch:manage',
    body: AdvisoryBody,
    reply: AdvisoryView,
    status: 201,
    problems: [AdvisoryCodeTaken],
    run: async ({ actor, body: { publishedAt, ...draft } }) =>
      advisoryView(await patches.add(actor, { ...draft, publishedAt: publishedAt ? new Date(publishedAt) : null })),
  }),
  route({
    id: 'patches.importAdvisories',
    at: 'POST /advisories/import',
    summary: 'Take in OSV or CSAF documents; those that cannot be read are named',
    permission: 'patch:manage',
    body: ImportBody,
    bodyLimit: documentsLimit,
    reply: ImportReply,
    run: async ({ actor, body }) => {
      const { refused, ...counts } = await patches.import(actor, body.format, body.documents);
      return { ...counts, refused: [...refused] };
    },
  }),
  route({
    id: 'patches.withdrawAdvisory',
    at: 'POST /advisories/:id/withdrawal',
    summary: 'Take a weakness back; its open work ends at the next reading',
    permission: 'patch:manage',
    params: AdvisoryRef,
    reply: AdvisoryView,
    problems: [AdvisoryMissing, EditConflict],
    run: async ({ actor, params, facts }) => advisoryView(await patches.withdraw(actor, params.id, facts.version)),
  }),
  route({
    id: 'patches.check',
    at: 'POST /checks',
    summary: 'Read all versions now and compare them with what is known to be weak',
    permission: 'patch:manage',
    reply: CheckReply,
    rate: 6,
    run: ({ actor }) => patches.checkNow(actor),
  }),
  route({
    id: 'patches.assets',
    at: 'GET /assets',
    summary: 'What tells which software it runs: the platform, and things with the attribute `software`',
    permission: 'patch:read',
    query: AssetQuery,
    reply: AssetList,
    run: async ({ actor, query }) => {
      const { items, next } = await patches.assets(actor, query);
      return {
        items: items.map(({ asset: { place: _, ...asset }, software, inUse, seenAt }) => ({
          ...asset,
          components: software.components.length,
          unreadable: software.unreadable,
          inUse,
          seenAt: seenAt.toISOString(),
        })),
        ...(next === undefined ? {} : { next }),
      };
    },
  }),
  route({
    id: 'patches.bill',
    at: 'GET /sbom',
    summary: 'Bill of software of the platform itself, as CycloneDX 1.6',
    permission: 'patch:read',
    problems: [NotAllowed],
    rate: 20,
    run: async ({ actor }) =>
      new Download(
        JSON.stringify(await patches.ownBill(actor), null, 1),
        'application/vnd.cyclonedx+json; version=1.6',
        'keystead.cdx.json',
      ),
  }),
];
