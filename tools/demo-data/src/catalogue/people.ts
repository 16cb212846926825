export const northfieldPeople = [
  'Ada Okonkwo',
  'Felix Brandt',
  'Mona Haddad',
  'Otto Lindqvist',
  'Priya Raman',
  'Tomasz Wójcik',
  'Yuki Tanaka (田中 由紀)',
  'Seán Ó Briain',
  'Leila Rezaei (لیلا رضایی)',
  'Grace Adeyemi',
  'Dmytro Kovalenko (Дмитро Коваленко)',
  'Ingrid Søndergaard',
] as const;

export const harbourPeople = ['Íris Carvalho', 'Jonas Petersen', 'Rui Gonçalves', 'Beatriz Antunes'] as const;
