// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/keepdialog.h"

#include "ui/composer/choicebar.h"
#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/rosterwait.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QCloseEvent>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {
namespace {

/// Coming into it chooses nothing: Qt would take its first row, and what is asked beside the form would go.
class ChoosyList final : public QListWidget
{
public:
    using QListWidget::QListWidget;

protected:
    void focusInEvent(QFocusEvent *event) override
    {
        const QSignalBlocker quiet(this);
        const bool isNoneChosen = currentRow() < 0;
        QListWidget::focusInEvent(event);
        if (isNoneChosen)
            setCurrentRow(-1);
    }
};

} // namespace

KeepDialog::KeepDialog(Desk &desk, const Roster &roster, const QString &name, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_list(new ChoosyList(this))
    , m_page(new QWidget(this))
    , m_form(new QVBoxLayout)
    , m_choices(new ChoiceBar(this))
    , m_hint(new PlainLabel(this))
    , m_new(new QPushButton(tr("New"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_wait(new RosterWait(roster, this))
{
    setObjectName(name);
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setObjectName(name + QStringLiteral("List"));
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setMinimumWidth(fontMetrics().averageCharWidth() * 26);
    m_choices->setObjectName(name + QStringLiteral("Choices"));
    m_hint->setObjectName(name + QStringLiteral("Hint"));
    m_hint->setWrapping(true);
    m_hint->setQuiet(true);
    for (auto [button, word] : {std::pair(m_new, "New"), std::pair(m_remove, "Remove")}) {
        button->setObjectName(name + QString::fromLatin1(word));
        button->setAutoDefault(false);
    }
    connect(m_new, &QPushButton::clicked, this, &KeepDialog::addNew);
    connect(m_remove, &QPushButton::clicked, this, &KeepDialog::remove);
    connect(m_list, &QListWidget::currentRowChanged, this, &KeepDialog::onCurrentChanged);
    connect(&m_roster, &Roster::rosterChanged, this, &KeepDialog::onRosterChanged);
    connect(m_wait, &RosterWait::changed, this, &KeepDialog::showButtons);
    connect(this, &QDialog::finished, this, [this] {
        for (const Done &one : std::exchange(m_done, {}))
            Q_EMIT undoable(one.sentence, one.inverses);
    });
}

void KeepDialog::begin(const QString &emptyText)
{
    m_empty = emptyText;
    m_list->setAccessibleName(windowTitle());
    auto *left = new QVBoxLayout;
    left->addWidget(m_list, 1);
    auto *leftButtons = new QHBoxLayout;
    leftButtons->addWidget(m_new);
    leftButtons->addWidget(m_remove);
    left->addLayout(leftButtons);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_page->setLayout(m_form);
    auto *right = new QVBoxLayout;
    right->addWidget(m_hint);
    right->addWidget(m_page, 1);
    right->addWidget(m_choices);
    // Only now: Tab comes to it from the form's last field.
    m_save = new QPushButton(tr("Save"), this);
    m_save->setObjectName(objectName() + QStringLiteral("Save"));
    m_save->setAutoDefault(false);
    connect(m_save, &QPushButton::clicked, this, [this] { save(); });
    // As a default button it would be pressed by Return on every other one.
    const auto lines = m_page->findChildren<QLineEdit *>();
    for (const QLineEdit *line : lines)
        connect(line, &QLineEdit::returnPressed, m_save, &QPushButton::click);
    auto *saving = new QHBoxLayout;
    saving->addStretch(1);
    saving->addWidget(m_save);
    right->addLayout(saving);
    auto *row = new QHBoxLayout;
    row->addLayout(left, 1);
    row->addLayout(right, 3);
    auto *close = new QDialogButtonBox(QDialogButtonBox::Close, this);
    close->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addLayout(row, 1);
    column->addWidget(close);
    chooseFirst();
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 30);
}

void KeepDialog::chooseFirst()
{
    m_isBegun = m_wait->isOver();
    refill();
    if (m_list->count() > 0) {
        m_list->setCurrentRow(0);
        return;
    }
    choose(canChange() ? 0 : -1);
    // With none there the first is about to be made.
    if (canChange())
        focusForm();
}

void KeepDialog::refill()
{
    const QSignalBlocker quiet(m_list);
    const int scrolled = m_list->verticalScrollBar()->value();
    m_list->clear();
    const QList<Entry> all = entries();
    for (const Entry &entry : all) {
        auto *item = new QListWidgetItem(entry.name, m_list);
        item->setData(Qt::UserRole, entry.id);
        if (entry.id == m_current)
            m_list->setCurrentItem(item);
    }
    m_list->verticalScrollBar()->setValue(scrolled);
    showButtons();
}

void KeepDialog::onRosterChanged()
{
    if (!m_isBegun) {
        chooseFirst();
        return;
    }
    refill();
    follow();
}

void KeepDialog::follow()
{
    if (m_current <= 0 || m_isBusy)
        return;
    const QString now = version(m_current);
    if (now == m_version || now == m_known)
        return;
    m_known = now;
    if (now.isEmpty() && m_isDirty) {
        m_current = 0;
        m_version.clear();
        m_choices->ask(tr("Somebody else removed this meanwhile. Saving keeps it as a new one."));
        showButtons();
    } else if (m_isDirty) {
        askAboutTheirs({});
    } else if (now.isEmpty()) {
        choose(-1);
    } else {
        m_version = now;
        m_isFilling = true;
        showEntry(m_current);
        m_isFilling = false;
    }
}

void KeepDialog::touch()
{
    if (m_isFilling)
        return;
    m_isDirty = true;
    m_choices->clear();
    showButtons();
}

bool KeepDialog::canChange() const
{
    return m_roster.isLead();
}

KeepDialog::Words KeepDialog::words(qint64) const
{
    return {tr("Remove"), tr("Removed."), tr("Only leads and admins can change these.")};
}

void KeepDialog::showButtons()
{
    const bool mayChange = canChange();
    const bool canNow = mayChange && !m_isBusy;
    const Words deeds = words(m_current);
    for (QPushButton *deed : {m_new, m_remove, m_save})
        deed->setVisible(!m_roster.isReadOnly());
    setFormEnabled(canNow && m_current >= 0);
    m_new->setEnabled(canNow);
    m_remove->setText(deeds.remove);
    m_remove->setEnabled(canNow && m_current > 0);
    m_save->setEnabled(canNow && m_current >= 0 && m_isDirty);
    const bool isEmpty = m_list->count() == 0;
    const QString whyNot = m_roster.isReadOnly() ? m_roster.whyReadOnly() : deeds.whoMay;
    QStringList said{isEmpty ? m_empty : QString(), mayChange ? QString() : whyNot};
    said.removeAll(QString());
    m_hint->setText(m_wait->isOver() ? said.join(QLatin1Char('\n')) : m_wait->sentence());
    m_hint->setVisible(!m_hint->text().isEmpty());
    // Nobody fills in a form that is neither theirs nor anybody's; its place stays.
    m_page->setVisible(!m_wait->isOver() || mayChange || !isEmpty);
}

void KeepDialog::choose(qint64 id)
{
    m_current = id;
    m_version = id > 0 ? version(id) : QString();
    m_known = m_version;
    m_isFilling = true;
    showEntry(id < 0 ? 0 : id);
    m_isFilling = false;
    m_isDirty = false;
    m_choices->clear();
    refill();
}

void KeepDialog::onCurrentChanged(int row)
{
    const QListWidgetItem *item = m_list->item(row);
    if (!item)
        return;
    const qint64 id = item->data(Qt::UserRole).toLongLong();
    if (id == m_current)
        return;
    if (m_isDirty)
        askAboutChanges([this, id] { choose(id); });
    else
        choose(id);
}

void KeepDialog::addNew()
{
    const auto start = [this] {
        choose(0);
        const QSignalBlocker quiet(m_list);
        m_list->setCurrentRow(-1);
        focusForm();
    };
    if (m_isDirty)
        askAboutChanges(start);
    else
        start();
}

void KeepDialog::askAboutChanges(const std::function<void()> &then)
{
    if (m_isBusy)
        m_afterSaving = then;
    {
        // The list stays on what is in the form until it was decided.
        const QSignalBlocker quiet(m_list);
        m_list->setCurrentRow(-1);
        refill();
    }
    // What is being saved already is not asked about.
    if (m_isBusy)
        return;
    m_choices->ask(tr("This is not saved yet."),
                   {{tr("Save"), [this, then] { save(then); }}, {tr("Discard"), [this, then] {
                                                                     m_isDirty = false;
                                                                     m_choices->clear();
                                                                     then();
                                                                 }}});
}

void KeepDialog::askAboutTheirs(const std::function<void()> &then)
{
    m_choices->ask(tr("Somebody else changed this meanwhile."),
                   {{tr("Show theirs"), [this] { choose(m_current); }},
                    {tr("Save mine anyway"), [this, then] { save(then, true); }}});
}

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

void KeepDialog::reject()
{
    if (m_isDirty)
        askAboutChanges([this] { QDialog::reject(); });
    else
        QDialog::reject();
}

void KeepDialog::closeEvent(QCloseEvent *event)
{
    if (m_isDirty) {
        event->ignore();
        reject();
        return;
    }
    QDialog::closeEvent(event);
}

} // namespace Earshot
