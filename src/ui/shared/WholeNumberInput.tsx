interface WholeNumberProps extends Omit<React.ComponentProps<"input">, "type" | "min" | "step" | "onChange"> {
  readonly onText: (text: string) => void;
}

/** Firefox lets any text into a number field and then calls the field empty: what is no digit is kept out, typed or pasted. */
export function WholeNumberInput({ onText, ...props }: WholeNumberProps) {
  return (
    <input
      {...props}
      type="number"
      min={0}
      step={1}
      onBeforeInput={(event) => {
        if (/[^\d\r\n]/.test(event.data)) event.preventDefault(); // Enter comes as a line break
      }}
      onChange={({ target }) => {
        if (!target.validity.badInput) onText(target.value);
      }}
    />
  );
}
