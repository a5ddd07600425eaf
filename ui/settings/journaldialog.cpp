// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/journaldialog.h"

#include "ui/shell/clearable.h"
#include "ui/shell/errortext.h"
#include "ui/shell/newonesbutton.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/retrybutton.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"
#include "workspace/queries.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace Earshot {

namespace {

using Column = JournalModel::Column;

constexpr int pageSize = 200;
constexpr int lookedAtOnce = 500;
constexpr Duration searchedAtOnce{150}; ///< then it is told how far
constexpr int measured = 100;           ///< of so many rows a column is as wide as what is in it

} // namespace

JournalDialog::JournalDialog(Desk &desk, const Roster &roster, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_field(new QLineEdit(this))
    , m_people(new QComboBox(this))
    , m_newOnes(new NewOnesButton(this))
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
    buildSearch();
    buildTable();
    m_state->setObjectName(QStringLiteral("journalState"));
    m_state->setQuiet(true);
    m_state->setWrapping(true);
    auto *column = new QVBoxLayout(this);
    auto *wanted = new QHBoxLayout;
    wanted->addWidget(m_field, 1);
    wanted->addWidget(m_people);
    wanted->addWidget(m_newOnes);
    column->addLayout(wanted);
    column->addWidget(m_table, 1);
    column->addWidget(m_state);
    column->addWidget(m_retry, 0, Qt::AlignLeft);
    column->addWidget(buildButtons());
    followDesk();
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 34);
    readOlder();
}

void JournalDialog::buildSearch()
{
    m_field->setObjectName(QStringLiteral("journalField"));
    m_field->setPlaceholderText(tr("Search the journal"));
    m_field->setAccessibleName(tr("Search the journal"));
    makeClearable(*m_field);
    m_people->setObjectName(QStringLiteral("journalPeople"));
    m_people->setAccessibleName(tr("Whose lines are shown"));
    addPeople();
    m_newOnes->setObjectName(QStringLiteral("journalNewOnes"));
    connect(m_field, &QLineEdit::textChanged, this, &JournalDialog::filter);
    connect(m_people, &QComboBox::currentIndexChanged, this, &JournalDialog::filter);
}

void JournalDialog::buildTable()
{
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
    connect(m_table, &QTableView::activated, this, &JournalDialog::openCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &JournalDialog::showCurrent);
}

QDialogButtonBox *JournalDialog::buildButtons()
{
    for (auto [button, name] : {std::pair(m_older, "journalOlder"), std::pair(m_open, "journalOpen")}) {
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoDefault(false);
        button->setEnabled(false);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_older, QDialogButtonBox::ActionRole);
    buttons->addButton(m_open, QDialogButtonBox::ActionRole);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (const QPushButton *more : {m_older, static_cast<QPushButton *>(m_retry)}) {
        connect(more, &QPushButton::clicked, this, [this] {
            m_foundNow = 0;
            readOlder();
        });
    }
    connect(m_open, &QPushButton::clicked, this, &JournalDialog::openCurrent);
    return buttons;
}

JournalDialog::~JournalDialog()
{
    stopReading();
}

/// Everybody, each of them, and what nobody did.
void JournalDialog::addPeople()
{
    m_people->addItem(tr("Everybody"));
    for (const AgentRecord &agent : m_roster.agents())
        m_people->addItem(agent.name, QVariant::fromValue(agent.id.value));
    m_people->addItem(tr("The network"), QVariant::fromValue(AgentId().value));
}

JournalModel::Wish JournalDialog::wanted() const
{
    JournalModel::Wish wish;
    wish.text = m_field->text().trimmed();
    if (const QVariant agent = m_people->currentData(); agent.isValid())
        wish.agent = AgentId(agent.toLongLong());
    return wish;
}

void JournalDialog::stopReading()
{
    if (m_isCancelled)
        *m_isCancelled = true;
    m_readings.forget();
    m_isReading = false;
}

/// Some of it may no longer be seen.
void JournalDialog::readAnew()
{
    stopReading();
    forgetNewer();
    m_oldest = 0;
    m_isWhole = false;
    m_whole = 0;
    m_lookedAt = 0;
    m_foundNow = 0;
    m_lines->clear();
    readOlder();
}

JournalModel::Line JournalDialog::lineOf(const JournalRecord &record)
{
    return {Wording::clockTime(record.at),
            record.agentName.isEmpty() ? tr("The network") : record.agentName,
            {},
            record.conversationNumber,
            record.conversation,
            record.agent,
            record.id,
            record.action};
}

QHash<qint64, QString> JournalDialog::agentNames() const
{
    QHash<qint64, QString> names;
    for (const AgentRecord &agent : m_roster.agents())
        names.insert(agent.id.value, agent.name);
    return names;
}

/// A page of all, or what is wanted of as many as can be looked at in the time.
Result<JournalDialog::Reading> JournalDialog::read(Database &database, qint64 before, const JournalModel::Wish &wish,
                                                   const QHash<qint64, QString> &agentNames)
{
    Reading reading;
    reading.oldest = before;
    const int most = wish.isOfAll() ? pageSize : lookedAtOnce;
    QElapsedTimer watch;
    watch.start();
    do {
        const auto records = loadJournal(database, reading.oldest, most);
        if (!records)
            return tl::unexpected(records.error());
        for (const JournalRecord &record : *records) {
            JournalModel::Line line = lineOf(record);
            reading.oldest = record.id;
            reading.at = record.at;
            if (wish.agent && record.agent != *wish.agent)
                continue;
            line.what = sentence(record, agentNames);
            if (JournalModel::isWanted(line, wish))
                reading.lines.append(line);
        }
        reading.isEnd = records->size() < most;
    } while (!reading.isEnd && !wish.isOfAll() && reading.lines.size() < pageSize &&
             watch.elapsed() < searchedAtOnce.count());
    return reading;
}

void JournalDialog::readOlder()
{
    if (m_isReading)
        return;
    m_isReading = true;
    m_older->setEnabled(false);
    // The newest are read whole, whatever is wanted: they are there at once for the next word.
    const bool isOfAll = m_oldest == 0 || wanted().isOfAll();
    if (m_lookedAt == 0)
        m_state->setText(tr("Loading…"));
    const auto isCancelled = std::make_shared<std::atomic<bool>>(false);
    m_isCancelled = isCancelled;
    auto future = m_desk.workspace().read<Reading>([before = isOfAll ? m_oldest : m_lookedAt,
                                                    wish = isOfAll ? JournalModel::Wish() : wanted(),
                                                    names = agentNames(), isCancelled](Database &database) {
        database.setCancel([isCancelled] { return isCancelled->load(); });
        auto reading = read(database, before, wish, names);
        database.setCancel({});
        return reading;
    });
    whenDone(future, this, [this, isOfAll, question = m_readings.ask()](const Result<Reading> &reading) {
        if (!m_readings.take(question))
            return;
        m_isReading = false;
        if (!reading) {
            m_state->setTrouble(tr("This could not be read. %1").arg(ErrorText::of(reading.error())));
            m_retry->show();
            return;
        }
        m_retry->done();
        if (isOfAll) {
            m_oldest = reading->oldest;
            m_oldestAt = reading->at;
            m_isWhole = reading->isEnd;
            m_whole += reading->lines.size();
        }
        take(*reading);
    });
}

void JournalDialog::take(const Reading &reading)
{
    const int before = m_lines->rowCount();
    m_lookedAt = reading.oldest;
    m_lines->append(reading.lines);
    if (m_newest == 0)
        m_newest = m_lines->newestRecord();
    m_foundNow += m_lines->rowCount() - before;
    m_table->resizeColumnToContents(int(Column::time));
    m_table->resizeColumnToContents(int(Column::who));
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_lines->index(0, 0));
    showReach(reading.at, reading.isEnd);
    if (!reading.isEnd && !wanted().isOfAll() && m_foundNow < pageSize)
        readOlder();
    else
        m_older->setEnabled(!reading.isEnd);
}

void JournalDialog::showReach(Time at, bool isEnd)
{
    if (!wanted().isOfAll())
        m_state->setText(isEnd ? tr("The whole journal was searched.")
                               : tr("Searched back to %1.").arg(Wording::clockTime(at)));
    else if (m_lines->lineCount() == 0)
        m_state->setText(tr("Nothing was done yet."));
    else if (isEnd)
        m_state->setText(tr("These are all lines."));
    else
        m_state->setText(tr("The newest %1 lines.").arg(QLocale().toString(m_lines->lineCount())));
}

/// What is wanted is looked for on from what is here.
void JournalDialog::goOn()
{
    const bool isWanting = !wanted().isOfAll() && m_foundNow < pageSize;
    if (!m_isWhole && (m_oldest == 0 || isWanting)) {
        readOlder();
        return;
    }
    showReach(m_oldestAt, m_isWhole);
    m_older->setEnabled(!m_isWhole);
}

/// What was found among older ones answered other words.
void JournalDialog::filter()
{
    stopReading();
    showNewer();
    const int line = m_lines->lineOf(m_table->currentIndex().row());
    m_lines->keepFirst(m_whole);
    m_lines->narrow(wanted());
    const int row = m_lines->rowOf(line);
    m_table->setCurrentIndex(m_lines->index(row < 0 ? 0 : row, 0));
    showCurrent();
    m_lookedAt = m_oldest;
    m_foundNow = m_lines->rowCount();
    m_retry->done();
    goOn();
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
