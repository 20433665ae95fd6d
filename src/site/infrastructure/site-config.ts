import { IsIn } from 'class-validator';

/** Whether there are pages for people, as .env.example documents it. */
export class SiteConfig {
  @IsIn(['on', 'off'])
  readonly SITE: 'on' | 'off' = 'on';
}
