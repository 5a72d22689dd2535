/** What the API's schemas say of something that is being typed, in Chinese. */
import zhCN from 'zod/v4/locales/zh-CN.js';

export const IN_CHINESE = { error: zhCN().localeError };
