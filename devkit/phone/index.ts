export { buildPhones, type BuildOptions, type BuildReport } from './compile/build';
export { PhonesCannotStart, servePhones, type PhoneServer, type ServeOptions } from './server/serve';
export { DeskBusy, SLOTS, type DeskHost, type Person, type Playing, type Slot } from './host';
