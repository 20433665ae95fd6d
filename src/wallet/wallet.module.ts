import { Module } from '@nestjs/common';
import { UserModule } from '../user/user.module';
import { ExpireHolds } from './application/expire-holds';
import { Ledger } from './application/ledger';
import { PostLegs } from './application/post-legs';
import { PostMoney } from './application/post-money';
import { SubmitMoney } from './application/submit-money';
import { HoldSweeper } from './infrastructure/hold-sweeper';
import { TypeOrmLedger } from './infrastructure/typeorm-ledger';
import { Money, MoneyQueue } from './wallet.api';

@Module({
  imports: [UserModule],
  providers: [
    { provide: Ledger, useClass: TypeOrmLedger },
    PostLegs,
    { provide: Money, useClass: PostMoney },
    { provide: MoneyQueue, useClass: SubmitMoney },
    ExpireHolds,
    HoldSweeper,
  ],
  exports: [Money, MoneyQueue],
})
export class WalletModule {}
