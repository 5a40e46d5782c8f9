export { type Cursor, readCursor, writeCursor } from './cursor.ts';
export { serveFiles } from './files.ts';
export { listenOn } from './listen.ts';
export { createLive, type Live, type LiveServer } from './live.ts';
export { mountLive } from './live-route.ts';
export { BodyTooLarge, type ProblemBody, problemBody } from './problems.ts';
export { type Answer, Download, type MountedRoute, type RequestFacts, type RouteContext, route } from './route.ts';
export { type Authenticator, createHttp, csrfHeader, type Http, type HttpOptions } from './server.ts';
export { type Wire, wire } from './wire.ts';
