import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { HealthCheckResult, HealthIndicatorResult } from '@nestjs/terminus';
import { register } from 'prom-client';
import { Bus } from '../bus/index.js';
import { Database } from '../database/index.js';
import { Public } from '../identity/index.js';
import { DayJobs } from './day-jobs.js';

/** 健康检查: alive means that the process answers; ready that database and bus work. */
@ApiExcludeController()
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly jobs: DayJobs,
  ) {}

  @Get('health/live')
  @HealthCheck()
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  @Get('health/ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.databaseState(), () => this.busState(), () => this.jobState()]);
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4')
  metrics(): Promise<string> {
    return register.metrics();
  }

  private async databaseState(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('database');
    return (await this.database.isHealthy()) ? indicator.up() : indicator.down('does not answer');
  }

  private busState(): HealthIndicatorResult {
    const indicator = this.indicators.check('bus');
    const troubles = this.bus.troubles();
    return troubles.length === 0 ? indicator.up() : indicator.down(troubles.join('; '));
  }

  /** A job that fails is shown, but does not take the service away from the hospitals. */
  private jobState(): HealthIndicatorResult {
    const trouble = this.jobs.state();
    return this.indicators
      .check('jobs')
      .up(trouble === undefined ? {} : { warning: 'a day job failed and will be tried again' });
  }
}
