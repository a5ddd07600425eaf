// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "ui/shell/answerorder.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QTableView;

namespace Earshot {

class JournalModel;
class PlainLabel;
class RetryButton;
class Roster;

/// Who did what and when, newest first, read in pages. Deletes itself.
class JournalDialog final : public QDialog
{
    Q_OBJECT

public:
    JournalDialog(Desk &desk, const Roster &roster, QWidget *parent);

    /// A journal line as a sentence, whatever it is about.
    [[nodiscard]] static QString sentence(const JournalRecord &line, const QHash<qint64, QString> &agentNames);

Q_SIGNALS:
    void conversationAsked(Earshot::ConversationId conversation);

private:
    [[nodiscard]] static QString sentenceOfViews(const JournalRecord &line, const QString &who);
    [[nodiscard]] static QString sentenceOfChannels(const JournalRecord &line, const QString &who);
    [[nodiscard]] static QString sentenceOfSetting(const JournalRecord &line, const QString &who);
    void readOlder();
    void readAnew();
    void add(const QList<JournalRecord> &lines);
    /// What is read on stays, as far as it is shown.
    void filter();
    void showCurrent();
    void openCurrent();

    Desk &m_desk;
    const Roster &m_roster;
    QLineEdit *m_field;
    JournalModel *m_lines;
    QTableView *m_table;
    QPushButton *m_older;
    QPushButton *m_open;
    PlainLabel *m_state;
    RetryButton *m_retry;
    AnswerOrder m_readings;
    qint64 m_oldest = 0;
    bool m_isReading = false;
};

} // namespace Earshot
