import { readFile } from 'node:fs/promises';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { DomainError } from '../../shared/domain/domain-error';
import { Public } from '../http/access';
import { ApiProblem } from '../problems/api-problem';
import { TextAnswer } from '../http/text-answer';

class UnknownProblem extends DomainError {
  readonly code = 'problem.not-found';
  readonly kind = 'not-found';

  constructor() {
    super('No problem has this code; GET /problems lists them all.');
  }
}

/** Serves a page for the `type` of every problem. */
@ApiTags('problems')
@Controller('problems')
export class ProblemsController {
  private document: Promise<string> | null = null;

  @Get()
  @Public()
  @ApiOperation({ summary: 'Every problem code, what it means and what to do' })
  @TextAnswer('text/markdown')
  list(): Promise<string> {
    return (this.document ??= readFile('docs/problems.md', 'utf8'));
  }

  /** @throws UnknownProblem */
  @Get(':code')
  @Public()
  @ApiOperation({ summary: 'One problem code' })
  @TextAnswer('text/markdown')
  @ApiParam({ name: 'code', schema: { type: 'string', maxLength: 100, pattern: '^[a-z]+\\.[a-z-]+$' } })
  @ApiProblem(404, 'problem.not-found')
  async find(@Param('code') code: string): Promise<string> {
    const sections = (await this.list()).split(/^(?=## )/m);
    const section = sections.find((text) => text.startsWith(`## ${code}\n`));
    if (section === undefined) throw new UnknownProblem();
    return section;
  }
}
