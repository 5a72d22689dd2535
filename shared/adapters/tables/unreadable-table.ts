/** A file that is no table we can read. The message is for the person who chose the file. */

const MESSAGES = {
  notATable: '不是可以读取的表格，请另存为 Excel 工作簿（.xlsx）或 CSV 文件后重试',
  oldExcel: '是旧版 Excel 格式（.xls），请用 Excel 或 WPS 另存为“Excel 工作簿（.xlsx）”后重试',
  encrypted: '设有密码，无法读取，请取消密码保护后重新保存',
  corrupt: '已损坏或不完整，请用 Excel 或 WPS 打开后重新另存为 .xlsx',
  tooLarge: '内容超过上限，请删去无关的工作表、图片和空行后重试',
  encoding: '的文字编码不是 UTF-8 或 GB18030，请在 Excel 或 WPS 中另存为“CSV UTF-8”后重试',
  badCsv: '不是有效的 CSV 文件',
  cellError: '中有公式错误',
} as const;
export type UnreadableReason = keyof typeof MESSAGES;

export class UnreadableTable extends Error {
  override readonly name = 'UnreadableTable';
  readonly code: UnreadableReason;
  readonly fileName: string;

  /** `detail` is appended to the reason's message, in Chinese. */
  constructor(code: UnreadableReason, fileName: string, detail = '', cause?: unknown) {
    super(`文件《${fileName}》${MESSAGES[code]}${detail && `（${detail}）`}`, { cause });
    this.code = code;
    this.fileName = fileName;
  }
}
