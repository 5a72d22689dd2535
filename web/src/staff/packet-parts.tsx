import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { messageOf } from '../ui/loading.ts';
import { canCapture, ownKey, packetOf, prepare } from './capture.ts';
import { type Basis, handIn, type Kept, type Place } from './visit-record.ts';

/** Whether this device's key is registered for the visit; undefined while that is being looked up. */
function useRegistered(place: Place, { view }: Basis): boolean | undefined {
  const [registered, setRegistered] = useState<boolean>();
  const { captureKeys } = view.visit;
  useEffect(() => {
    let current = true;
    ownKey(place)
      .catch(() => undefined)
      .then((own) => current && setRegistered(captureKeys.some(({ x, y }) => x === own?.x && y === own.y)));
    return () => {
      current = false;
    };
  }, [place, captureKeys]);
  return registered;
}

interface PacketProps {
  place: Place;
  basis: Basis;
}

/** Before a visit to a place without a network: this device's key; and for what another device has captured, its file. */
export function CaptureElsewhere({ place, basis, onDone }: PacketProps & { onDone: () => void }) {
  const registered = useRegistered(place, basis);
  const [problem, setProblem] = useState<string>();
  const attempt = async (work: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await work();
      onDone();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <section className="decision" aria-labelledby="capture">
      <h2 id="capture">离线检查包</h2>
      <p>
        现场没有网络、且不便带回本机提交的，请在出发前登记本机：签名后可以导出一个签名文件，带到任何一台电脑上提交，只能提交一次。
      </p>
      <div aria-live="assertive">{problem && <Alert type="error" showIcon title={problem} />}</div>
      <p role="status">
        {!canCapture()
          ? '本机浏览器不支持签名（须通过 https 访问），不能导出离线检查包。'
          : registered
            ? '本机已登记，签名后可以导出离线检查包。'
            : '本机尚未登记。'}
      </p>
      <div className="actions">
        {canCapture() && registered === false && (
          <Button onClick={() => attempt(() => prepare(place))}>登记本机用于离线检查</Button>
        )}
      </div>
      <label className="field">
        <span>提交离线检查包（选择导出的文件，提交后不能修改）</span>
        <input
          type="file"
          accept=".json,application/json"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (!file) return;
            attempt(async () => handIn(place, await file.text())).finally(() => {
              target.value = '';
            });
          }}
        />
      </label>
    </section>
  );
}

/** The file of a record that is signed and waits on this device. */
export function ExportPacket({ place, basis, kept }: PacketProps & { kept: Kept }) {
  const registered = useRegistered(place, basis);
  const [problem, setProblem] = useState<string>();
  if (!registered) return null;
  const save = async () => {
    try {
      const file = new Blob([await packetOf(place, kept)], { type: 'application/json' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `离线检查包-${place.year}-${place.filingNumber}.json`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <>
      <p>也可以导出离线检查包，由本人在任何一台电脑的本页面提交。两种方式只计一次。</p>
      <div aria-live="assertive">{problem && <Alert type="error" showIcon title={problem} />}</div>
      <div className="actions">
        <Button onClick={save}>导出离线检查包</Button>
      </div>
    </>
  );
}
