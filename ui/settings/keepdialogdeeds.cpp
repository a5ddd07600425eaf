// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/keepdialog.h"

#include "ui/composer/choicebar.h"
#include "ui/shell/errortext.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QListWidget>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace Earshot {

// What is done from such a window: something is kept or removed, and brought back.

void KeepDialog::save(const std::function<void()> &then, bool isForced)
{
    if (m_isBusy || m_current < 0)
        return;
    m_isBusy = true;
    m_known = version(m_current);
    m_saving = {m_current == 0, formName(), {}};
    m_choices->clear();
    if (m_save->hasFocus())
        focusForm();
    showButtons();
    Action action = makeAction(keeping(m_current), m_desk.workspace().clock().now());
    action.force = isForced;
    whenTold(m_desk.perform({action}), this,
             [this, then, saved = formVersion()](const QList<Outcome> &outcomes) { onSaved(outcomes, saved, then); });
}

void KeepDialog::onSaved(const QList<Outcome> &outcomes, const QString &version, const std::function<void()> &then)
{
    const Outcome outcome = outcomes.value(0);
    if (outcomes.isEmpty() || !outcome.isApplied()) {
        m_isBusy = false;
        m_afterSaving = {};
        if (!outcomes.isEmpty() && outcome.refusal.kind == RefusalKind::changed)
            askAboutTheirs(then);
        else
            m_choices->ask(outcomes.isEmpty() ? tr("It could not be saved.") : ErrorText::of(outcome.refusal));
        showButtons();
        return;
    }
    if (m_current == 0)
        m_current = outcome.created;
    m_saving.outcomes = outcomes;
    saveAlong(version, then);
}

QList<ActionArguments> KeepDialog::keepingAlong(qint64) const
{
    return {};
}

void KeepDialog::saveAlong(const QString &version, const std::function<void()> &then)
{
    QList<Action> along;
    for (const ActionArguments &one : keepingAlong(m_current))
        along.append(makeAction(one, m_desk.workspace().clock().now()));
    if (along.isEmpty()) {
        rememberSaving();
        endSaving(version, then);
        return;
    }
    whenTold(m_desk.perform(along), this, [this, version, then, count = along.size()](const QList<Outcome> &outcomes) {
        m_saving.outcomes.append(outcomes);
        rememberSaving();
        const auto refused =
            std::find_if(outcomes.cbegin(), outcomes.cend(), [](const Outcome &one) { return !one.isApplied(); });
        if (refused == outcomes.cend() && outcomes.size() == count) {
            endSaving(version, then);
            return;
        }
        // What was done of it is shown; the rest is to be said again, and nothing that waited for it goes on.
        m_isBusy = false;
        m_afterSaving = {};
        choose(m_current);
        m_choices->ask(outcomes.isEmpty() ? tr("It could not be saved.") : ErrorText::of(refused->refusal));
    });
}

void KeepDialog::rememberSaving()
{
    QList<Action> inverses;
    for (const Outcome &outcome : std::as_const(m_saving.outcomes)) {
        if (!outcome.isApplied() || !outcome.hadEffect || !outcome.inverse)
            continue;
        Action back;
        back.arguments = *outcome.inverse;
        back.basedOn = outcome.undoBasedOn;
        inverses.prepend(back);
    }
    // What was made goes with all that was put into it.
    if (m_saving.isNew && !inverses.isEmpty())
        inverses = {inverses.constLast()};
    const QString said = m_saving.isNew ? tr("Made.") : tr("Changed.");
    if (!inverses.isEmpty())
        m_done.append({m_current, sentenceOf(m_saving.name, said), inverses});
}

void KeepDialog::endSaving(const QString &version, const std::function<void()> &then)
{
    m_isBusy = false;
    m_isDirty = false;
    m_version = version;
    const std::function<void()> after = std::exchange(m_afterSaving, {});
    showButtons();
    follow();
    if (after)
        after();
    else if (then)
        then();
}

void KeepDialog::remove()
{
    if (m_isBusy || m_current <= 0)
        return;
    if (m_isDirty) {
        askAboutChanges([this] { remove(); });
        return;
    }
    const Words said = words(m_current);
    if (said.asked.isEmpty())
        doRemove();
    else
        m_choices->ask(said.asked, {{said.remove, [this] { doRemove(); }}, {tr("Keep"), {}}});
}

void KeepDialog::doRemove()
{
    if (m_isBusy)
        return;
    m_isBusy = true;
    showButtons();
    const Action action = makeAction(removal(m_current), m_desk.workspace().clock().now());
    const QString name = m_list->currentItem() ? m_list->currentItem()->text() : QString();
    whenTold(m_desk.perform({action}), this,
             [this, name, id = m_current, said = words(m_current).removed](const QList<Outcome> &outcomes) {
                 m_isBusy = false;
                 const Outcome outcome = outcomes.value(0);
                 // What was done to it before goes with it.
                 if (outcome.isApplied())
                     m_done.removeIf([id](const Done &one) { return one.id == id; });
                 // Another one may have been chosen meanwhile: that stays.
                 if (outcome.isApplied() && m_current == id)
                     choose(-1);
                 showButtons();
                 follow();
                 if (!outcome.isApplied())
                     m_choices->ask(ErrorText::of(outcome.refusal));
                 else if (outcome.inverse)
                     offerUndo(said, name, outcome);
             });
}

QString KeepDialog::sentenceOf(const QString &name, const QString &said)
{
    return tr("%1: %2", "a name, and what was done with it").arg(Wording::isolated(name), said);
}

void KeepDialog::offerUndo(const QString &said, const QString &name, const Outcome &outcome)
{
    const Action back = makeAction(*outcome.inverse, m_desk.workspace().clock().now(), outcome.undoBasedOn);
    m_done.append({m_current, sentenceOf(name, said), {back}});
    m_choices->ask(said, {{tr("Undo"), [this] { bringBack(); }}});
}

void KeepDialog::bringBack()
{
    m_choices->clear();
    if (m_done.isEmpty())
        return;
    const Action back = makeAction(m_done.takeLast().inverses.constFirst().arguments, m_desk.workspace().clock().now());
    whenTold(m_desk.perform({back}), this, [this](const QList<Outcome> &again) {
        if (!again.value(0).isApplied())
            m_choices->ask(ErrorText::of(again.value(0).refusal));
    });
}

} // namespace Earshot
