import { Checkbox } from 'react-aria-components';
import { Icon } from '../icons.js';

interface TickProps {
  readonly label: string;
  readonly ticked: boolean;
  readonly change: (ticked: boolean) => void;
}

export function Tick({ label, ticked, change }: TickProps) {
  return (
    <Checkbox className="choice" isSelected={ticked} onChange={change}>
      <span className={ticked ? 'box ticked' : 'box'} aria-hidden="true">
        {ticked && <Icon name="check" />}
      </span>
      {label}
    </Checkbox>
  );
}
