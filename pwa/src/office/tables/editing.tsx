/** Changing a row of master data in its drawer, or beginning a new one above the table. */
import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDevice } from "../../ui/context.ts";
import { say, t } from "../../words/text.ts";
import { answered, type Column } from "./answer.ts";
import type { RowProps } from "./drawer.tsx";
import type { ActionProps } from "./extras.ts";
import { RecordForm } from "./form.tsx";
import { FORMS } from "./forms.ts";

/** The columns know the choices; asking for one row is enough to learn them. */
function useColumns(table: string): readonly Column[] | null {
  const { api } = useDevice();
  const [columns, setColumns] = useState<readonly Column[] | null>(null);
  useEffect(() => {
    void api.get(`/office/tables/${table}?limit=1`).then((answer) => {
      if (answer.ok) setColumns(answered(answer.body).columns);
    });
  }, [api, table]);
  return columns;
}

export function Edit({ table, row, refresh }: RowProps): VNode | null {
  const form = FORMS[table];
  const columns = useColumns(table);
  const [editing, setEditing] = useState(false);
  const [saved, setSaved] = useState(false);
  if (!form) return null;
  if (!editing || !columns) {
    return (
      <div class="row">
        <button
          type="button"
          data-test="edit"
          disabled={columns === null}
          onClick={() => setEditing(true)}
        >
          {t(say("office.edit"))}
        </button>
        <p role="status" data-test="feedback">
          {saved ? t(say("office.saved")) : ""}
        </p>
      </div>
    );
  }
  return (
    <RecordForm
      form={form}
      columns={columns}
      row={row}
      onCancel={() => setEditing(false)}
      onSaved={() => {
        setEditing(false);
        setSaved(true);
        refresh();
      }}
    />
  );
}

export function newIn(table: string): ComponentType<ActionProps> {
  const New = ({ refresh }: ActionProps): VNode | null => {
    const form = FORMS[table];
    const columns = useColumns(table);
    const [open, setOpen] = useState(false);
    const [saved, setSaved] = useState(false);
    if (!form) return null;
    return (
      <>
        <p role="status" data-test="saved">
          {saved ? t(say("office.saved")) : ""}
        </p>
        <button
          type="button"
          class="accent"
          data-test="new"
          aria-expanded={open}
          disabled={columns === null}
          onClick={() => setOpen(true)}
        >
          {t(say("office.new"))}
        </button>
        {open && columns ? (
          <section class="card">
            <RecordForm
              form={form}
              columns={columns}
              row={null}
              onCancel={() => setOpen(false)}
              onSaved={() => {
                setOpen(false);
                setSaved(true);
                refresh();
              }}
            />
          </section>
        ) : null}
      </>
    );
  };
  New.displayName = `New(${table})`;
  return New;
}
