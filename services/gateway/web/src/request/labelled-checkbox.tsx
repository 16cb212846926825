import { Checkbox } from 'react-aria-components';
import { Icon } from '../elements/icons.js';

interface LabelledCheckboxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly change: (checked: boolean) => void;
}

export function LabelledCheckbox({ label, checked, change }: LabelledCheckboxProps) {
  return (
    <Checkbox className="choice" isSelected={checked} onChange={change}>
      <Box checked={checked} />
      {label}
    </Checkbox>
  );
}

/** Drawn only: what it stands in says the same to screen readers. */
export function Box({ checked }: { checked: boolean | 'mixed' }) {
  return (
    <span className={checked ? 'box checked' : 'box'} aria-hidden="true">
      {checked && <Icon name={checked === 'mixed' ? 'minus' : 'check'} />}
    </span>
  );
}
