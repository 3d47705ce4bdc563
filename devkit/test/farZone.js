// A business day must not move with the machine: the core is tested once more in a zone far from Shanghai. Node takes a new zone
// when `TZ` is set, for the whole process, so it is given back when the file is done.
const { TestEnvironment } = require('jest-environment-node');

const ZONE = 'America/Los_Angeles';

module.exports = class FarZone extends TestEnvironment {
  constructor(...given) {
    const before = process.env.TZ;
    process.env.TZ = ZONE;
    super(...given);
    this.zoneBefore = before;
    const hours = new Date(0).getHours();
    if (hours !== 16) throw new Error(`the zone is not ${ZONE}: the epoch has ${hours} o'clock`);
  }

  async teardown() {
    if (this.zoneBefore === undefined) delete process.env.TZ;
    else process.env.TZ = this.zoneBefore;
    await super.teardown();
  }
};
