"""Inserting a step is the change of state: the trigger that moves a proceeding, and the key that ties both."""

from typing import ClassVar

from django.db import migrations

MOVE = """
CREATE FUNCTION proceedings_move() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.number = 1 THEN
        PERFORM 1 FROM proceedings_proceeding
          WHERE id = NEW.proceeding_id AND last_step = 1 AND state = NEW.to_state AND NEW.from_state = ''
                AND ending = NEW.ending AND owner_role = NEW.owner_role AND area_id = NEW.area_id
                AND holder_id IS NOT DISTINCT FROM NEW.holder_id;
    ELSE
        UPDATE proceedings_proceeding
           SET state = NEW.to_state, last_step = NEW.number, ending = NEW.ending, owner_role = NEW.owner_role,
               assignee_id = CASE WHEN holder_id IS DISTINCT FROM NEW.holder_id THEN NULL ELSE assignee_id END,
               holder_id = NEW.holder_id, area_id = NEW.area_id, due_at = NEW.due_at, paused = NEW.paused,
               state_since = CASE WHEN state = NEW.to_state THEN state_since ELSE NEW.at END
         WHERE id = NEW.proceeding_id AND last_step = NEW.number - 1 AND state = NEW.from_state
               AND ending <> 'final';
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'step % (% from "%") does not follow the state of proceeding %',
            NEW.number, NEW.verb, NEW.from_state, NEW.proceeding_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_follows_state';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER proceedings_move AFTER INSERT ON proceedings_step
    FOR EACH ROW EXECUTE FUNCTION proceedings_move();
ALTER TABLE proceedings_proceeding ADD CONSTRAINT proceeding_state_has_step
    FOREIGN KEY (id, last_step, state) REFERENCES proceedings_step (proceeding_id, number, to_state)
    DEFERRABLE INITIALLY DEFERRED;
"""
UNDO = """
ALTER TABLE proceedings_proceeding DROP CONSTRAINT proceeding_state_has_step;
DROP TRIGGER proceedings_move ON proceedings_step;
DROP FUNCTION proceedings_move();
"""


class Migration(migrations.Migration):
    """The application's role inserts steps; only this trigger, owned by the owner, moves proceedings."""

    dependencies: ClassVar = [("proceedings", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(MOVE, UNDO)]
