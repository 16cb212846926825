import { Clock } from '@account-backups/service-kit';

/** A clock that stands still until a test moves it. */
export class SetClock extends Clock {
  /** How far it moves by itself each time somebody looks. */
  stepMs = 0;
  private time: Date;

  constructor(at: string) {
    super();
    this.time = new Date(at);
  }

  get at(): Date {
    return this.time;
  }

  async now(): Promise<Date> {
    this.pass(this.stepMs);
    return this.time;
  }

  set(at: string | number): void {
    this.time = new Date(at);
  }

  pass(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds);
  }
}
