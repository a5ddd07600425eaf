// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/awaydialog.h"

#include "ui/settings/journaldialog.h"
#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/retrybutton.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace Earshot {

namespace {

constexpr int timeColumn = 0;
constexpr int whatColumn = 1;
constexpr int conversationColumn = 2;
constexpr int columnCount = 3;

} // namespace

AwayDialog::AwayDialog(Desk &desk, const Roster &roster, const LastPresence &since, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_since(since)
    , m_table(new QTableWidget(0, columnCount, this))
    , m_open(new QPushButton(tr("Open &conversation"), this))
    , m_state(new PlainLabel(this))
    , m_retry(new RetryButton(QStringLiteral("awayRetry"), m_table, this))
{
    build();
    if (!isKnown(since.at)) {
        m_state->setText(tr("You were not away long."));
        return;
    }
    connect(&m_desk, &Desk::changed, this, [this](const CommitNotice &notice) {
        if (notice.hasWithdrawn)
            load();
    });
    load();
}

void AwayDialog::load()
{
    // Before it is asked again: some of it may no longer be seen.
    m_readings.forget();
    m_table->setRowCount(0);
    m_open->setEnabled(false);
    m_state->setText(tr("Since %1.").arg(Wording::clockTime(m_since.at)));
    const auto news =
        m_desk.workspace().read<AwayNews>([me = m_desk.me(), since = m_since, now = m_desk.workspace().clock().now()](
                                              Database &database) { return loadAwayNews(database, me, since, now); });
    whenDone(news, this, [this, question = m_readings.ask()](const Result<AwayNews> &found) {
        if (!m_readings.take(question))
            return;
        if (found) {
            m_retry->done();
            take(*found);
            return;
        }
        m_state->setTrouble(tr("This could not be read. %1").arg(ErrorText::of(found.error())));
        m_retry->show();
    });
}

void AwayDialog::build()
{
    setObjectName(QStringLiteral("awayDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("While you were away"));
    m_table->setObjectName(QStringLiteral("awayTable"));
    m_table->setAccessibleName(tr("What others did with your conversations, newest first"));
    m_table->setHorizontalHeaderLabels({tr("When"), tr("What"), tr("Conversation")});
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(whatColumn, QHeaderView::Stretch);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_state->setObjectName(QStringLiteral("awayState"));
    m_state->setQuiet(true);
    m_open->setObjectName(QStringLiteral("awayOpen"));
    m_open->setAutoDefault(false);
    m_open->setEnabled(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_open, QDialogButtonBox::ActionRole);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_state);
    column->addWidget(m_retry, 0, Qt::AlignLeft);
    column->addWidget(m_table, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_retry, &QPushButton::clicked, this, &AwayDialog::load);
    connect(m_open, &QPushButton::clicked, this, &AwayDialog::openCurrent);
    connect(m_table, &QTableWidget::cellActivated, this, &AwayDialog::openCurrent);
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 26);
}

void AwayDialog::take(const AwayNews &news)
{
    QHash<qint64, QString> names;
    for (const AgentRecord &agent : m_roster.agents())
        names.insert(agent.id.value, agent.name);
    auto record = news.written.cbegin();
    const auto addWritten = [this, &record] {
        add(record->lastMessageAt, tr("%1 wrote again").arg(Wording::isolated(record->contactName)), record->number,
            record->id);
        ++record;
    };
    for (const JournalRecord &line : news.lines) {
        while (record != news.written.cend() && record->lastMessageAt >= line.at)
            addWritten();
        const QString what = news.takenBack.contains(line.id)
                                 ? tr("%1 took back your reply: it is not sent, its words stand in the conversation")
                                       .arg(Wording::isolated(line.agentName))
                                 : JournalDialog::sentence(line, names);
        add(line.at, what, line.conversationNumber, line.conversation);
    }
    while (record != news.written.cend())
        addWritten();
    m_table->resizeColumnToContents(timeColumn);
    if (news.isEmpty() && !news.isCut)
        m_state->setText(m_state->text() + QLatin1Char(' ') + tr("Nobody did anything with your conversations."));
    else if (news.isCut)
        m_state->setText(m_state->text() + QLatin1Char(' ') + tr("There was more: the journal has all of it."));
    m_open->setEnabled(m_table->rowCount() > 0);
    if (m_table->rowCount() > 0)
        m_table->setCurrentCell(0, whatColumn);
    m_table->setFocus();
}

void AwayDialog::add(Time at, const QString &what, qint64 number, ConversationId conversation)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const QStringList texts{Wording::clockTime(at), what, QStringLiteral("#%1").arg(number)};
    for (int column = 0; column < columnCount; ++column)
        m_table->setItem(row, column, new QTableWidgetItem(texts.at(column)));
    m_table->item(row, conversationColumn)->setData(Qt::UserRole, conversation.value);
}

void AwayDialog::openCurrent()
{
    const QTableWidgetItem *item = m_table->item(m_table->currentRow(), conversationColumn);
    if (!item)
        return;
    Q_EMIT conversationAsked(ConversationId(item->data(Qt::UserRole).toLongLong()));
    close();
}

} // namespace Earshot
