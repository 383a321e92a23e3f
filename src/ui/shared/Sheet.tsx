import { Dialog } from "radix-ui";
import dialog from "./dialog.module.css";

interface Props extends Pick<Dialog.DialogContentProps, "children" | "onInteractOutside" | "onCloseAutoFocus"> {
  readonly title: string;
  /** Only those who hear the page are told the title. */
  readonly isTitleHidden?: boolean;
  readonly className?: string | undefined;
  readonly onClose: () => void;
}

/** A dialog over the page, as long as it is mounted. */
export function Sheet({ title, isTitleHidden = false, className = "", onClose, children, ...content }: Props) {
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        {/* Radix's own layer would lock the page's scrolling by a style element, which the page's policy forbids. */}
        <div className={dialog.overlay} />
        <Dialog.Content className={`${dialog.content} ${className}`} aria-describedby={undefined} {...content}>
          <Dialog.Title className={isTitleHidden ? "visually-hidden" : dialog.title}>{title}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export const CloseButton = () => (
  <Dialog.Close asChild>
    <button type="button">Close</button>
  </Dialog.Close>
);
