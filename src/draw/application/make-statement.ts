import { Injectable } from '@nestjs/common';
import { NoteSigner } from '../../shared/application/note-signer';
import { checkpointBody } from '../../shared/domain/checkpoint';
import { leafHash } from '../../shared/domain/merkle-tree';
import { Journal, journalOrigin } from './journal';

/**
 * The service says something about a draw in public: signed, and entered in the journal, the history of all that it
 * ever said (docs/draw-protocol.md sections 2 and 9).
 */
@Injectable()
export class MakeStatement {
  constructor(
    private readonly journal: Journal,
    private readonly signer: NoteSigner,
  ) {}

  /**
   * Gives the signed note, in the caller's unit of work: note and entry are kept or lost together. Holds the journal's
   * row lock until commit, so what the caller locks after it must be its own already.
   */
  async execute(body: string): Promise<string> {
    const before = await this.journal.lock();
    const hash = leafHash(body);
    const { frontier, completed } = before.append([hash]);
    const checkpoint = this.signer.sign(checkpointBody(journalOrigin(this.signer), frontier.size, frontier.root()));
    await this.journal.append({ frontier, statement: body, hash, completed, checkpoint });
    return this.signer.sign(body);
  }
}
