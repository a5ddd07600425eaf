// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/dutydialog.h"

#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qint64 keep = -1;
constexpr qint64 toTeam = 0;

/// Where I only began to write, it is not mine to give away: it is reminded of.
bool isHandedOver(const ConversationRecord &record, AgentId me)
{
    return record.assignee == me && record.status != Status::resolved;
}

} // namespace

DutyDialog::DutyDialog(const Roster &roster, const HandoverWork &work, const QHash<ConversationId, QString> &begun,
                       QWidget *parent)
    : QDialog(parent)
    , m_roster(roster)
    , m_work(work)
    , m_table(new QTableWidget(0, 3, this))
{
    setObjectName(QStringLiteral("dutyDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Go off duty"));
    auto *text = new PlainLabel(tr("This is yours. What you keep and have snoozed wakes in the team's queue while you "
                                   "are off duty."),
                                this);
    text->setWrapping(true);
    m_table->setObjectName(QStringLiteral("dutyTable"));
    m_table->setAccessibleName(tr("My conversations"));
    m_table->setHorizontalHeaderLabels({tr("Conversation"), tr("What becomes of it"), tr("Note")});
    m_table->verticalHeader()->hide();
    m_table->setWordWrap(false);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    // From one choice to the next, beginning with the one for all; the arrow keys scroll.
    m_table->setTabKeyNavigation(false);
    m_all = makeChoice(tr("What becomes of all of them"));
    m_all->setObjectName(QStringLiteral("dutyAll"));
    setTabOrder(m_all, m_table);
    for (qsizetype i = 0; i < std::min<qsizetype>(work.conversations.size(), mostListed); ++i)
        addRow(work.conversations.at(i), begun.value(work.conversations.at(i).id));
    const int unlisted = int(work.conversations.size()) - m_table->rowCount();
    auto *rest =
        new PlainLabel(tr("%Ln more is not listed one by one. What is chosen for all of them is done with it, too.",
                          nullptr, unlisted),
                       this);
    rest->setObjectName(QStringLiteral("dutyRest"));
    rest->setWrapping(true);
    rest->setVisible(unlisted > 0);
    connect(m_all, &QComboBox::activated, this, [this](int index) {
        for (int row = 0; row < m_choices.size(); ++row) {
            if (!m_choices.at(row)->isEnabled())
                continue;
            m_choices.at(row)->setCurrentIndex(index);
            onChosen(row);
        }
    });
    auto *form = new QFormLayout;
    form->addRow(tr("&All of them"), m_all);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *go = buttons->addButton(tr("&Go off duty"), QDialogButtonBox::AcceptRole);
    go->setObjectName(QStringLiteral("dutyGo"));
    go->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(text);
    column->addLayout(form);
    column->addWidget(m_table, 1);
    column->addWidget(rest);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const QList<HandoverStep> wanted = steps();
        accept();
        Q_EMIT decided(wanted);
    });
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 26);
    m_all->setFocus();
}

QComboBox *DutyDialog::makeChoice(const QString &name)
{
    auto *choice = new QComboBox(this);
    choice->setAccessibleName(name);
    choice->addItem(tr("Keep"), keep);
    choice->addItem(tr("Back to the team"), toTeam);
    for (const AgentRecord &agent : m_roster.agents()) {
        if (agent.isDisabled || agent.role == Role::viewer || agent.id == m_roster.me())
            continue;
        choice->addItem(agent.isOnDuty ? tr("To %1").arg(agent.name) : tr("To %1 (off duty)").arg(agent.name),
                        agent.id.value);
    }
    return choice;
}

void DutyDialog::addRow(const ConversationRecord &record, const QString &begun)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    QString state = Wording::of(record.status);
    if (record.status == Status::snoozed)
        state += QLatin1Char(' ') + Wording::clockTime(record.snoozedUntil);
    if (m_work.drafts.contains(record.id))
        state += QStringLiteral(", ") + tr("with a draft of yours");
    const QString what = QStringLiteral("#%1 · %2 · %3").arg(QString::number(record.number), record.contactName, state);
    auto *item = new QTableWidgetItem(what);
    item->setToolTip(PlainLabel::toolTipOf(record.snippet));
    m_table->setItem(row, 0, item);
    auto *choice = makeChoice(tr("What becomes of %1").arg(what));
    choice->setObjectName(QStringLiteral("dutyChoice%1").arg(row));
    auto *note = new QLineEdit(begun, this);
    note->setObjectName(QStringLiteral("dutyNote%1").arg(row));
    note->setAccessibleName(tr("Note on %1").arg(what));
    if (!isHandedOver(record, m_roster.me()))
        explain(choice, note, record);
    m_table->setCellWidget(row, 1, choice);
    m_table->setCellWidget(row, 2, note);
    m_choices.append(choice);
    m_notes.append(note);
    connect(choice, &QComboBox::activated, this, [this, row] { onChosen(row); });
}

void DutyDialog::explain(QComboBox *choice, QLineEdit *note, const ConversationRecord &record)
{
    const bool isResolved = record.status == Status::resolved;
    // What cannot be chosen takes no focus: a screen reader reads it by the note beside it.
    const QString why = isResolved
                            ? tr("It is resolved: there is nothing to hand over. Your draft stays.")
                            : tr("It isn't assigned to you, so you cannot hand it over. Your draft there stays.");
    choice->setItemText(0, isResolved ? tr("Resolved: your draft stays") : tr("Not yours: your draft stays"));
    choice->setEnabled(false);
    choice->setToolTip(why);
    choice->setAccessibleDescription(why);
    note->setAccessibleDescription(why);
}

DutyDialog::Fate DutyDialog::fateOf(const QComboBox *choice) const
{
    const qint64 value = choice->currentData().toLongLong();
    return {value == keep, AgentId(value == keep ? 0 : value)};
}

/// Nobody else sees my drafts: what I had begun goes along as a note, unless it is changed.
QString DutyDialog::proposalFor(int row) const
{
    const QString draft = m_work.drafts.value(m_work.conversations.at(row).id);
    return draft.isEmpty() ? QString() : tr("My draft: %1").arg(draft.simplified());
}

QHash<ConversationId, QString> DutyDialog::notes() const
{
    QHash<ConversationId, QString> typed;
    for (int row = 0; row < m_notes.size(); ++row) {
        const QString note = m_notes.at(row)->text();
        if (!note.trimmed().isEmpty() && note != proposalFor(row))
            typed.insert(m_work.conversations.at(row).id, note);
    }
    return typed;
}

void DutyDialog::onChosen(int row)
{
    const QString proposed = proposalFor(row);
    QLineEdit *note = m_notes.at(row);
    const bool isKept = fateOf(m_choices.at(row)).isKept;
    if (!isKept && note->text().isEmpty())
        note->setText(proposed);
    else if (isKept && note->text() == proposed)
        note->clear();
}

QList<HandoverStep> DutyDialog::steps() const
{
    QList<HandoverStep> all;
    for (int row = 0; row < m_choices.size(); ++row) {
        const ConversationRecord &record = m_work.conversations.at(row);
        const Fate fate = fateOf(m_choices.at(row));
        append(all, record, fate, m_notes.at(row)->text().trimmed());
    }
    const Fate others = fateOf(m_all);
    for (qsizetype row = m_choices.size(); row < m_work.conversations.size(); ++row) {
        const ConversationRecord &record = m_work.conversations.at(row);
        if (!isHandedOver(record, m_roster.me()))
            continue;
        const QString draft = m_work.drafts.value(record.id);
        const bool goesAlong = !others.isKept && !draft.isEmpty();
        append(all, record, others, goesAlong ? tr("My draft: %1").arg(draft.simplified()) : QString());
    }
    return all;
}

void DutyDialog::append(QList<HandoverStep> &all, const ConversationRecord &record, const Fate &fate,
                        QString note) const
{
    const QString name = m_roster.agentName(fate.agent);
    // It is among the notes to whoever gets it.
    if (!note.isEmpty() && fate.agent.isValid() && !note.contains(QLatin1Char('@') + name, Qt::CaseInsensitive))
        note = QLatin1Char('@') + name + QLatin1Char(' ') + note;
    if (!note.isEmpty())
        all.append({Act::AddNote{record.id, note}, record.seq});
    if (fate.isKept)
        return;
    if (fate.agent.isValid())
        all.append({Act::Assign{record.id, fate.agent}, record.seq});
    else
        all.append({Act::Unassign{record.id}, record.seq});
}

} // namespace Earshot
