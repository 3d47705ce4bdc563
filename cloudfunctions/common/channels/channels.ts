import type { SystemChannel } from '../../../miniprogram/domain/outreach/types';
import type { Channel } from './channel';
import { sms } from './sms';
import { subscribe } from './subscribe';
import { wecom } from './wecom';

/** Every way the system sends by; which of them work here, the installation's settings say. */
export const CHANNELS: Readonly<Record<SystemChannel, Channel>> = { subscribe, sms, wecom };
