// Keeps the logs of services out of a run's output. Nest is slow to load, so only projects that run services load this.
import { Logger } from '@nestjs/common';

Logger.overrideLogger(false);
