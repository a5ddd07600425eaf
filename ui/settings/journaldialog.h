// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "ui/settings/journalmodel.h"
#include "ui/shell/answerorder.h"

#include <QDialog>
#include <QTimer>

#include <atomic>
#include <memory>

class QComboBox;
class QDialogButtonBox;
class QLineEdit;
class QPushButton;
class QTableView;

namespace Earshot {

class NewOnesButton;
class PlainLabel;
class RetryButton;
class Roster;

/// Who did what and when, newest first, read in pages. What is typed narrows down what is there at once, and is looked
/// for among all that is older. What is done while it is open comes in above; while somebody reads further down, or has
/// chosen a line, it waits. Deletes itself.
class JournalDialog final : public QDialog
{
    Q_OBJECT

public:
    JournalDialog(Desk &desk, const Roster &roster, QWidget *parent);
    ~JournalDialog() override;

    /// A journal line as a sentence, whatever it is about.
    [[nodiscard]] static QString sentence(const JournalRecord &line, const QHash<qint64, QString> &agentNames);

Q_SIGNALS:
    void conversationAsked(Earshot::ConversationId conversation);

private:
    [[nodiscard]] static QString sentenceOfViews(const JournalRecord &line, const QString &who);
    [[nodiscard]] static QString sentenceOfChannels(const JournalRecord &line, const QString &who);
    [[nodiscard]] static QString sentenceOfSetting(const JournalRecord &line, const QString &who);
    /// A piece of the journal, or what is wanted of it.
    struct Reading
    {
        QList<JournalModel::Line> lines;
        qint64 oldest = 0; ///< line that was looked at
        Time at;           ///< of that
        bool isEnd = false;
    };
    /// What was done since.
    struct Newer
    {
        QList<JournalModel::Line> lines; ///< newest first
        bool isCut = false;              ///< there is more than is read at once
    };
    /// Without what was done.
    [[nodiscard]] static JournalModel::Line lineOf(const JournalRecord &record);
    [[nodiscard]] static Result<Reading> read(Database &database, qint64 before, const JournalModel::Wish &wish,
                                              const QHash<qint64, QString> &agentNames);
    [[nodiscard]] static Result<Newer> readSince(Database &database, qint64 newest,
                                                 const QHash<qint64, QString> &agentNames);
    [[nodiscard]] JournalModel::Wish wanted() const;
    [[nodiscard]] QHash<qint64, QString> agentNames() const;
    void buildSearch();
    void buildTable();
    [[nodiscard]] QDialogButtonBox *buildButtons();
    void addPeople();
    void readOlder();
    void readAnew();
    void stopReading();
    void take(const Reading &reading);
    /// How much of the journal is here, or was looked through.
    void showReach(Time at, bool isEnd);
    void goOn();
    /// What is read on stays, as far as it is shown.
    void filter();
    void followDesk();
    void readNewer();
    void takeNewer(const Newer &newer);
    [[nodiscard]] bool isAtTop() const;
    void sayWaiting(int count);
    /// What waits comes in.
    void showNewer();
    void forgetNewer();
    void showCurrent();
    void openCurrent();

    Desk &m_desk;
    const Roster &m_roster;
    QLineEdit *m_field;
    QComboBox *m_people;
    NewOnesButton *m_newOnes;
    JournalModel *m_lines;
    QTableView *m_table;
    QPushButton *m_older;
    QPushButton *m_open;
    PlainLabel *m_state;
    RetryButton *m_retry;
    AnswerOrder m_readings;
    std::shared_ptr<std::atomic<bool>> m_isCancelled; ///< of the reading under way
    qint64 m_oldest = 0;                              ///< from here on to the newest all are here
    Time m_oldestAt;
    bool m_isWhole = false;   ///< that is all that there is
    qsizetype m_whole = 0;    ///< so many; what follows on them was found among the older ones
    qint64 m_lookedAt = 0;    ///< back to here was looked for what is wanted
    qsizetype m_foundNow = 0; ///< since it was asked for more
    bool m_isReading = false;
    QTimer m_soon; ///< what is done in the meantime is read together
    AnswerOrder m_newerReadings;
    QList<JournalModel::Line> m_newer; ///< newest first: they wait above the list
    bool m_isNewerCut = false;         ///< there are more of them: the list is read anew
    qint64 m_newest = 0;               ///< the newest line of the record that is here
};

} // namespace Earshot
