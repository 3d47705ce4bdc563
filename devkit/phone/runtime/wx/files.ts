import { fileAt, holdFile, removeFile, writeFile } from '../files';
import { openLayer } from '../ui/layer';
import { pictureUrl } from '../files';
import { api, type Callbacks, type WxFamily } from './call';

const USER_DATA = 'wxfile://usr';

interface ChosenFile {
  path: string;
  tempFilePath: string;
  name: string;
  size: number;
  type: string;
  fileType: string;
  time: number;
}

/** Lets the person choose files of the computer; fails with `cancel` when none was chosen. */
function choose(accept: string, count: number): Promise<ChosenFile[]> {
  return new Promise((answer, refuse) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.multiple = count > 1;
    input.className = 'file-chooser';
    input.addEventListener('cancel', () => {
      input.remove();
      refuse(new Error('cancel'));
    });
    input.addEventListener('change', () => {
      input.remove();
      answer(
        [...(input.files ?? [])].slice(0, count).map((file) => {
          const path = holdFile(file);
          const kind = file.type.startsWith('image/')
            ? 'image'
            : file.type.startsWith('video/')
              ? 'video'
              : 'file';
          return {
            path,
            tempFilePath: path,
            name: file.name,
            size: file.size,
            type: kind,
            fileType: kind,
            time: Math.floor(file.lastModified / 1000),
          };
        }),
      );
    });
    document.body.append(input);
    input.click();
  });
}

async function read(path: string, encoding?: string): Promise<string | ArrayBuffer> {
  const blob = fileAt(path);
  if (!blob) throw new Error(`no such file or directory, open '${path}'`);
  if (!encoding) return blob.arrayBuffer();
  if (encoding === 'base64') {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }
  if (!/^utf-?8$/i.test(encoding)) throw new Error(`unsupported encoding "${encoding}"`);
  return blob.text();
}

/** WeChat's file system, as far as it is asynchronous; synchronous reading is impossible in a browser. */
function fileSystem() {
  return {
    readFile: api<{ filePath: string; encoding?: string; position?: number; length?: number }>(
      'readFile',
      async (o) => {
        const data = await read(o.filePath, o.encoding);
        if (typeof data === 'string' || (o.position === undefined && o.length === undefined)) return { data };
        const from = o.position ?? 0;
        return { data: data.slice(from, o.length === undefined ? undefined : from + o.length) };
      },
    ),
    writeFile: api<{ filePath: string; data: string | ArrayBuffer }>('writeFile', (o) => {
      if (!o.filePath.startsWith(USER_DATA)) throw new Error(`permission denied, open '${o.filePath}'`);
      writeFile(o.filePath, new Blob([o.data]));
    }),
    unlink: api<{ filePath: string }>('unlink', (o) => {
      if (!removeFile(o.filePath)) throw new Error(`no such file or directory, unlink '${o.filePath}'`);
    }),
    access: api<{ path: string }>('access', (o) => {
      if (!fileAt(o.path)) throw new Error(`no such file or directory, access '${o.path}'`);
    }),
    getFileInfo: api<{ filePath: string }>('getFileInfo', (o) => {
      const blob = fileAt(o.filePath);
      if (!blob) throw new Error(`no such file or directory, stat '${o.filePath}'`);
      return { size: blob.size };
    }),
  };
}

/** Hands a file to the person: in the browser, a download. */
function download(path: string, name: string): void {
  const blob = fileAt(path);
  if (!blob) throw new Error(`找不到文件 ${path}`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
}

interface CanvasOptions extends Callbacks {
  canvas?: HTMLCanvasElement;
  fileType?: string;
  quality?: number;
  destWidth?: number;
  destHeight?: number;
}

function canvasToFile({ canvas, fileType, quality, destWidth, destHeight }: CanvasOptions) {
  if (!canvas) throw new Error('canvasToTempFilePath: 只支持 canvas 2d 节点，请传 canvas');
  let source = canvas;
  if (destWidth && destHeight) {
    source = document.createElement('canvas');
    source.width = destWidth;
    source.height = destHeight;
    source.getContext('2d')?.drawImage(canvas, 0, 0, destWidth, destHeight);
  }
  return new Promise<{ tempFilePath: string }>((answer, refuse) => {
    const type = fileType === 'jpg' ? 'image/jpeg' : 'image/png';
    source.toBlob(
      (blob) => (blob ? answer({ tempFilePath: holdFile(blob) }) : refuse(new Error('canvas is empty'))),
      type,
      quality,
    );
  });
}

/** Choosing, reading, writing and showing files. */
export function files(): WxFamily {
  const system = fileSystem();
  const preview = (url: string) => {
    const picture = document.createElement('img');
    picture.src = pictureUrl(url, '');
    picture.className = 'preview';
    const layer = openLayer('dialog', [picture], () => undefined);
    picture.addEventListener('click', () => layer.close());
  };
  return {
    env: { USER_DATA_PATH: USER_DATA },
    getFileSystemManager: () => system,
    chooseMessageFile: api<{ count?: number; extension?: string[]; type?: string }>(
      'chooseMessageFile',
      async (o) => {
        const accept =
          o.type === 'image' ? 'image/*' : (o.extension ?? []).map((e) => `.${e.replace(/^\./, '')}`);
        return { tempFiles: await choose(String(accept), o.count ?? 1) };
      },
    ),
    chooseMedia: api<{ count?: number }>('chooseMedia', async (o) => ({
      tempFiles: await choose('image/*', o.count ?? 9),
      type: 'image',
    })),
    chooseImage: api<{ count?: number }>('chooseImage', async (o) => {
      const tempFiles = await choose('image/*', o.count ?? 9);
      return { tempFiles, tempFilePaths: tempFiles.map((f) => f.path) };
    }),
    shareFileMessage: api<{ filePath: string; fileName?: string }>('shareFileMessage', (o) =>
      download(o.filePath, o.fileName ?? o.filePath.split('/').at(-1) ?? 'file'),
    ),
    saveImageToPhotosAlbum: api<{ filePath: string }>('saveImageToPhotosAlbum', (o) =>
      download(o.filePath, 'huitou.png'),
    ),
    canvasToTempFilePath: api<CanvasOptions>('canvasToTempFilePath', canvasToFile),
    previewImage: api<{ current?: string; urls: string[] }>('previewImage', (o) =>
      preview(o.current ?? o.urls[0] ?? ''),
    ),
    previewMedia: api<{ sources: { url: string }[]; current?: number }>('previewMedia', (o) =>
      preview(o.sources[o.current ?? 0]?.url ?? ''),
    ),
  };
}
