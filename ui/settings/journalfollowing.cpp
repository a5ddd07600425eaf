// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/journaldialog.h"

#include "ui/shell/newonesbutton.h"
#include "ui/shell/retrybutton.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "workspace/queries.h"

#include <QPushButton>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr auto readTogether = std::chrono::milliseconds(200);
constexpr int fewNewer = 5; ///< a commit mostly writes none of them, or one or two
constexpr int newerPage = 200;
constexpr int mostNewer = 2'000; ///< a deed on thousands writes thousands of lines

} // namespace

void JournalDialog::followDesk()
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(readTogether);
    connect(&m_soon, &QTimer::timeout, this, &JournalDialog::readNewer);
    connect(&m_desk, &Desk::changed, this, [this](const CommitNotice &notice) {
        if (notice.hasWithdrawn)
            readAnew();
        else if (!m_soon.isActive())
            m_soon.start();
    });
    connect(m_newOnes, &NewOnesButton::clicked, this, [this] {
        // It goes, and the keyboard would go anywhere.
        const bool hadFocus = m_newOnes->hasFocus();
        showNewer();
        m_table->setCurrentIndex(m_lines->index(0, 0));
        m_table->scrollToTop();
        if (hadFocus)
            m_table->setFocus();
    });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (!m_newer.isEmpty() && isAtTop())
            showNewer();
    });
}

Result<JournalDialog::Newer> JournalDialog::readSince(Database &database, qint64 newest,
                                                      const QHash<qint64, QString> &agentNames)
{
    Newer newer;
    qint64 before = 0;
    for (int page = fewNewer; newer.lines.size() < mostNewer; page = newerPage) {
        const auto records = loadJournal(database, before, page);
        if (!records)
            return tl::unexpected(records.error());
        for (const JournalRecord &record : *records) {
            if (record.id <= newest)
                return newer;
            JournalModel::Line line = lineOf(record);
            line.what = sentence(record, agentNames);
            newer.lines.append(line);
            before = record.id;
        }
        if (records->size() < page)
            return newer;
    }
    newer.isCut = true;
    return newer;
}

void JournalDialog::readNewer()
{
    // Before the first reading there is nothing to follow; where it failed it is asked for anew.
    if (m_oldest == 0 && !m_isWhole) {
        if (m_isReading)
            m_soon.start();
        return;
    }
    auto future = m_desk.workspace().read<Newer>(
        [newest = m_newest, names = agentNames()](Database &database) { return readSince(database, newest, names); });
    // What could not be read comes with what is done next.
    whenDone(future, this, [this, question = m_newerReadings.ask()](const Result<Newer> &newer) {
        if (m_newerReadings.take(question) && newer)
            takeNewer(*newer);
    });
}

void JournalDialog::takeNewer(const Newer &newer)
{
    m_isNewerCut = newer.isCut;
    m_newer = newer.lines;
    if (!m_isNewerCut) {
        const qsizetype before = m_lines->lineCount();
        m_newer = m_lines->settle(newer.lines);
        m_whole -= before - m_lines->lineCount();
    }
    const JournalModel::Wish wish = wanted();
    const auto waiting = std::count_if(m_newer.cbegin(), m_newer.cend(), [&wish](const JournalModel::Line &line) {
        return JournalModel::isWanted(line, wish);
    });
    // What is not shown moves nothing.
    if (isAtTop() || (waiting == 0 && !m_isNewerCut))
        showNewer();
    else
        sayWaiting(int(m_isNewerCut ? m_newer.size() : waiting));
}

/// Whether nobody reads further down, and none of the lines is anybody's choice.
bool JournalDialog::isAtTop() const
{
    const bool isChosen =
        m_table->currentIndex().row() > 0 || m_table->hasFocus() || m_open->hasFocus() || m_open->underMouse();
    const QScrollBar &bar = *m_table->verticalScrollBar();
    return !isChosen && bar.value() == bar.minimum();
}

void JournalDialog::sayWaiting(int count)
{
    m_newOnes->setText(tr("%Ln new", "journal lines waiting above the list", count));
    m_newOnes->showWaiting(count, tr("Show %Ln new line(s)", nullptr, count), true);
}

void JournalDialog::showNewer()
{
    sayWaiting(0);
    if (std::exchange(m_isNewerCut, false)) {
        readAnew();
        return;
    }
    const QList<JournalModel::Line> lines = std::exchange(m_newer, {});
    if (lines.isEmpty())
        return;
    const bool follows = isAtTop();
    m_lines->prepend(lines);
    m_whole += lines.size();
    m_newest = m_lines->newestRecord();
    if (follows) {
        m_table->resizeColumnToContents(int(JournalModel::Column::time));
        m_table->resizeColumnToContents(int(JournalModel::Column::who));
        m_table->setCurrentIndex(m_lines->index(0, 0));
        m_table->scrollToTop();
    }
    if (wanted().isOfAll() && !m_isReading && m_retry->isHidden())
        showReach(m_oldestAt, m_isWhole);
}

void JournalDialog::forgetNewer()
{
    m_soon.stop();
    m_newerReadings.forget();
    m_newer.clear();
    m_isNewerCut = false;
    m_newest = 0;
    sayWaiting(0);
}

} // namespace Earshot
