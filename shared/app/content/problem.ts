/** Why a file's content is refused. Each problem says, in Chinese, what is wrong and what to do about it. */

export const CONTENT_PROBLEMS = {
  empty: '是空文件，请换成有内容的文件',
  otherType: '的实际内容与所报类型不符，请用原程序打开后另存为该类型',
  damaged: '的内容不完整或已损坏，请用原程序打开后重新保存',
  encrypted: '设有密码，或为旧版 Office 格式，无法检查。请取消密码，另存为 DOCX 或 XLSX 后重新上传',
  encryptedPdf: '是设有密码或权限限制的 PDF，无法检查。请取消密码后重新上传',
  macros: '含有宏，请另存为不含宏的文档',
  embedded: '嵌有其他文件或控件，请改为图片，或将所嵌文件另行上传',
  externalLink: '引用了外部的模板、数据或图片，请断开链接后另存',
  unpacksTooLarge: '解压后过大或压缩比异常，请拆分后重新上传',
  imageTooLarge: '的图像尺寸过大，请缩小后重新上传',
  activePdf: '是含有脚本、启动程序的动作或附件的 PDF，请用“打印为 PDF”重新生成',
  unusualPdf: '的 PDF 结构无法检查，请用“打印为 PDF”重新生成',
} as const;
export type ContentProblem = keyof typeof CONTENT_PROBLEMS;

/** Thrown while a file is looked into, caught where the look begins. */
export class ContentRefused extends Error {
  override readonly name = 'ContentRefused';
  readonly problem: ContentProblem;

  constructor(problem: ContentProblem, cause?: unknown) {
    super(problem, { cause });
    this.problem = problem;
  }
}
