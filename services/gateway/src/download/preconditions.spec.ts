import { refuseUnlessMatched } from './preconditions.js';

const refused = expect.objectContaining({ code: 'PRECONDITION_FAILED' });

describe('If-Match', () => {
  it.each([undefined, '*', ' * ', '"a"', '"b", "a"', '"b","a" , W/"c"'])('of %s goes on with "a"', (header) => {
    expect(() => refuseUnlessMatched(header, '"a"')).not.toThrow();
  });

  it.each(['"b"', 'W/"a"', '', 'a', '"b", W/"a"'])('of %s is refused', (header) => {
    expect(() => refuseUnlessMatched(header, '"a"')).toThrow(refused);
  });
});
