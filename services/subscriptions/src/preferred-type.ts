export type AnswerType = 'json' | 'csv';

/**
 * Which of our two forms an `Accept` header likes better (RFC 9110, section 12.5.1): CSV only where it is named, with a
 * weight above none and no smaller than that of JSON.
 */
export function preferredType(accept: string | undefined): AnswerType {
  const ranges = (accept ?? '').split(',').map(mediaRange);
  const weightOf = (wanted: string) => ranges.find(({ name }) => name === wanted)?.weight ?? 0;
  const csv = weightOf('text/csv');
  const json = weightOf('application/json');
  return csv > 0 && csv >= json ? 'csv' : 'json';
}

function mediaRange(text: string): { readonly name: string; readonly weight: number } {
  const [name = '', ...parameters] = text.toLowerCase().split(';');
  const weight = parameters.map((parameter) => /^\s*q=([\d.]{1,5})\s*$/.exec(parameter)?.[1]).find(Boolean);
  return { name: name.trim(), weight: weight === undefined ? 1 : Number(weight) };
}
