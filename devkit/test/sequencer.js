// The longest test files begin first, so that nobody waits for one of them in the end. Jest knows them from its last run; on a
// fresh machine it goes by the size of the file, which says little: there the rooms whose files take long come first.
const { default: Sequencer } = require('@jest/test-sequencer');

const LONG_ROOMS = ['journeys', 'functions'];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort([...tests]);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const rank = ({ context }) => {
      const found = LONG_ROOMS.indexOf(context.config.displayName?.name ?? '');
      return found < 0 ? LONG_ROOMS.length : found;
    };
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
};
