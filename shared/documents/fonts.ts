/**
 * The faces of a PDF, as bytes of TrueType fonts. The standard's own faces are proprietary; these are free and stand
 * in for them: `text` for 仿宋, 楷体 and 宋体, `title` for 小标宋, `sans` for 黑体.
 */
export interface DocumentFonts {
  text: Uint8Array;
  title: Uint8Array;
  sans: Uint8Array;
}

export type Face = keyof DocumentFonts;

/** Where the packages keep the files: module paths for one machine, base names in a function's bundle. */
export const FONT_FILES: Record<Face, string> = {
  text: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  title: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  sans: '@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf',
};
