// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/journaldialog.h"

#include "ui/conversation/sentences.h"
#include "ui/settings/journalmodel.h"
#include "ui/shell/clearable.h"
#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/retrybutton.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"
#include "workspace/queries.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace Earshot {

namespace {

using Column = JournalModel::Column;

constexpr int pageSize = 200;
constexpr int measured = 100; ///< of so many rows a column is as wide as what is in it

QString moment(const QString &iso)
{
    return Wording::clockTime(timeFrom(QDateTime::fromString(iso, Qt::ISODateWithMs)));
}

} // namespace

JournalDialog::JournalDialog(Desk &desk, const Roster &roster, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_field(new QLineEdit(this))
    , m_lines(new JournalModel(this))
    , m_table(new QTableView(this))
    , m_older(new QPushButton(tr("Show &older"), this))
    , m_open(new QPushButton(tr("Open &conversation"), this))
    , m_state(new PlainLabel(this))
    , m_retry(new RetryButton(QStringLiteral("journalRetry"), m_table, this))
{
    setObjectName(QStringLiteral("journalDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Journal"));
    m_field->setObjectName(QStringLiteral("journalField"));
    m_field->setPlaceholderText(tr("Narrow down what is shown"));
    m_field->setAccessibleName(tr("Narrow down what is shown"));
    makeClearable(*m_field);
    m_table->setObjectName(QStringLiteral("journalTable"));
    m_table->setAccessibleName(tr("Journal, newest first"));
    m_table->setModel(m_lines);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(int(Column::what), QHeaderView::Stretch);
    m_table->horizontalHeader()->setResizeContentsPrecision(measured);
    m_table->setWordWrap(false);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_state->setObjectName(QStringLiteral("journalState"));
    m_state->setQuiet(true);
    m_state->setWrapping(true);
    for (auto [button, name] : {std::pair(m_older, "journalOlder"), std::pair(m_open, "journalOpen")}) {
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoDefault(false);
        button->setEnabled(false);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_older, QDialogButtonBox::ActionRole);
    buttons->addButton(m_open, QDialogButtonBox::ActionRole);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_field);
    column->addWidget(m_table, 1);
    column->addWidget(m_state);
    column->addWidget(m_retry, 0, Qt::AlignLeft);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_field, &QLineEdit::textChanged, this, &JournalDialog::filter);
    connect(m_older, &QPushButton::clicked, this, &JournalDialog::readOlder);
    connect(m_retry, &QPushButton::clicked, this, &JournalDialog::readOlder);
    connect(m_open, &QPushButton::clicked, this, &JournalDialog::openCurrent);
    connect(m_table, &QTableView::activated, this, &JournalDialog::openCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &JournalDialog::showCurrent);
    connect(&m_desk, &Desk::changed, this, [this](const CommitNotice &notice) {
        if (notice.hasWithdrawn)
            readAnew();
    });
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 34);
    readOlder();
}

/// What was done to views and notices; empty = something else.
QString JournalDialog::sentenceOfViews(const JournalRecord &line, const QString &who)
{
    const QString before = Wording::isolated(line.before);
    const QString after = Wording::isolated(line.after);
    const auto is = [&line](const char *kind) { return line.kind == QLatin1StringView(kind); };
    if (is("saveView"))
        return line.before.isEmpty() ? tr("%1 made the view %2").arg(who, after)
                                     : tr("%1 changed the view %2").arg(who, after);
    if (is("removeView"))
        return tr("%1 removed the view %2").arg(who, before);
    if (is("moveView"))
        return tr("%1 moved the view %2").arg(who, after);
    if (is("pinNotice"))
        return tr("%1 pinned a notice: %2").arg(who, after);
    if (is("unpinNotice"))
        return tr("%1 took a notice down: %2").arg(who, before);
    return {};
}

/// What was done to a channel, and what became of it; empty = something else.
QString JournalDialog::sentenceOfChannels(const JournalRecord &line, const QString &who)
{
    const QString channel = line.channelName.isEmpty() ? tr("(not known here)") : Wording::isolated(line.channelName);
    const QString after = Wording::isolated(line.after);
    const auto is = [&line](const char *kind) { return line.kind == QLatin1StringView(kind); };
    if (is("gap"))
        return tr("The network of %1 gave no more history: something may be missing between %2 and %3")
            .arg(channel, moment(line.before), moment(line.after));
    if (is("addChannel"))
        return tr("%1 connected the channel %2").arg(who, after);
    if (is("editChannel"))
        return tr("%1 changed the channel %2").arg(who, channel);
    if (is("removeChannel"))
        return tr("%1 removed the channel %2").arg(who, channel);
    if (is("pauseSending"))
        return tr("%1 stopped sending on %2: %3").arg(who, channel, after);
    if (is("resumeSending"))
        return tr("%1 resumed sending on %2").arg(who, channel);
    if (is("setChannelTeam"))
        return line.after.isEmpty() ? tr("%1 opened the channel %2 to everybody").arg(who, channel)
                                    : tr("%1 gave the channel %2 to the team %3").arg(who, channel, after);
    return {};
}

/// "word number", as the journal keeps settings.
QString JournalDialog::sentenceOfSetting(const JournalRecord &line, const QString &who)
{
    const QString number = line.after.section(QLatin1Char(' '), 1);
    const auto setting = fromWord<Setting>(line.after.section(QLatin1Char(' '), 0, 0));
    if (!setting)
        return tr("%1 changed a setting: %2").arg(who, Wording::isolated(line.after));
    switch (*setting) {
    case Setting::undoSeconds:
        return tr("%1 set the time in which sending can be undone: %2 s").arg(who, number);
    case Setting::reopenDays:
        return tr("%1 set the days after which a new conversation begins: %2").arg(who, number);
    }
    return {};
}

QString JournalDialog::sentence(const JournalRecord &line, const QHash<qint64, QString> &agentNames)
{
    const QString who = line.agentName.isEmpty() ? tr("The network") : Wording::isolated(line.agentName);
    const QString before = Wording::isolated(line.before);
    const QString after = Wording::isolated(line.after);
    const auto is = [&line](const char *kind) { return line.kind == QLatin1StringView(kind); };
    if (is("sendReply"))
        return tr("%1 answered").arg(who);
    if (is("addNote"))
        return tr("%1 wrote a note").arg(who);
    if (is("editNote"))
        return tr("%1 changed a note").arg(who);
    if (is("edited"))
        return tr("A message was edited on the network");
    if (is("deleted"))
        return tr("A message was deleted on the network");
    if (is("answeredOnNetwork"))
        return tr("Answered on the network");
    if (is("setDuty"))
        return line.after == QLatin1StringView("on") ? tr("%1: on duty").arg(who) : tr("%1: off duty").arg(who);
    if (is("addAgent"))
        return tr("%1 added the agent %2").arg(who, after);
    if (is("editAgent"))
        return tr("%1 changed the agent %2 to %3").arg(who, before, after);
    if (is("keepSavedReply"))
        return tr("%1 saved the saved reply %2").arg(who, after);
    if (is("removeSavedReply"))
        return tr("%1 removed the saved reply %2").arg(who, before);
    if (is("keepMacro"))
        return tr("%1 saved the macro %2").arg(who, after);
    if (is("removeMacro"))
        return tr("%1 removed the macro %2").arg(who, before);
    if (is("addTeam"))
        return tr("%1 made the team %2").arg(who, after);
    if (is("setTeamMember"))
        return line.before.isEmpty() ? tr("%1 added to a team: %2").arg(who, after)
                                     : tr("%1 removed from a team: %2").arg(who, before);
    if (is("renameTeam"))
        return tr("%1 renamed the team %2 to %3").arg(who, before, after);
    if (is("removeTeam"))
        return tr("%1 removed the team %2").arg(who, before);
    if (is("changeSetting"))
        return sentenceOfSetting(line, who);
    if (const QString ofChannels = sentenceOfChannels(line, who); !ofChannels.isEmpty())
        return ofChannels;
    const QString ofViews = sentenceOfViews(line, who);
    return ofViews.isEmpty() ? Sentences::event(line, agentNames) : ofViews;
}

/// Some of it may no longer be seen.
void JournalDialog::readAnew()
{
    m_readings.forget();
    m_isReading = false;
    m_oldest = 0;
    m_lines->clear();
    readOlder();
}

void JournalDialog::readOlder()
{
    if (m_isReading)
        return;
    m_isReading = true;
    m_older->setEnabled(false);
    m_state->setText(tr("Loading…"));
    using Lines = QList<JournalRecord>;
    auto future = m_desk.workspace().read<Lines>(
        [before = m_oldest](Database &database) { return loadJournal(database, before, pageSize); });
    whenDone(future, this, [this, question = m_readings.ask()](const Result<Lines> &lines) {
        if (!m_readings.take(question))
            return;
        m_isReading = false;
        if (!lines) {
            m_state->setTrouble(tr("This could not be read. %1").arg(ErrorText::of(lines.error())));
            m_retry->show();
            return;
        }
        m_retry->done();
        add(*lines);
        m_older->setEnabled(lines->size() == pageSize);
        m_state->setText(m_lines->lineCount() == 0 ? tr("Nothing was done yet.")
                         : lines->size() == pageSize
                             ? tr("The newest %1 lines.").arg(QLocale().toString(m_lines->lineCount()))
                             : tr("These are all lines."));
    });
}

void JournalDialog::add(const QList<JournalRecord> &lines)
{
    QHash<qint64, QString> names;
    for (const AgentRecord &agent : m_roster.agents())
        names.insert(agent.id.value, agent.name);
    QList<JournalModel::Line> read;
    for (const JournalRecord &line : lines) {
        read.append({Wording::clockTime(line.at), line.agentName.isEmpty() ? tr("The network") : line.agentName,
                     sentence(line, names), line.conversationNumber, line.conversation});
        m_oldest = line.id;
    }
    m_lines->append(read);
    m_table->resizeColumnToContents(int(Column::time));
    m_table->resizeColumnToContents(int(Column::who));
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_lines->index(0, 0));
}

void JournalDialog::filter()
{
    const int line = m_lines->lineOf(m_table->currentIndex().row());
    m_lines->narrow(m_field->text().trimmed());
    const int row = m_lines->rowOf(line);
    m_table->setCurrentIndex(m_lines->index(row < 0 ? 0 : row, 0));
    showCurrent();
}

void JournalDialog::showCurrent()
{
    m_open->setEnabled(m_lines->conversationOf(m_table->currentIndex().row()).isValid());
}

void JournalDialog::openCurrent()
{
    const ConversationId conversation = m_lines->conversationOf(m_table->currentIndex().row());
    if (!conversation.isValid())
        return;
    Q_EMIT conversationAsked(conversation);
    accept();
}

} // namespace Earshot
