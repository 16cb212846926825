// What services log is not what a test run should show.
import { Logger } from '@nestjs/common';

Logger.overrideLogger(false);
