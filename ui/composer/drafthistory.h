// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>
#include <QString>

class QTextDocument;

namespace Earshot {

/// Follows a document's undo steps, so that they can be kept with its text and be there again after the next start.
/// Lives as long as the document.
class DraftHistory final : public QObject
{
    Q_OBJECT

public:
    explicit DraftHistory(QTextDocument &document);

    /// Puts a text into the document, and what could be undone and redone of it. @param kept what toText() gave; where
    /// it does not lead to this text, the text alone is there
    void restore(const QString &text, const QString &kept);
    /// What can be undone and redone, at most the last 100 steps and 32,000 characters; empty when there is nothing.
    [[nodiscard]] QString toText() const;

private:
    /// What one step did: at this place (UTF-16 units) this text was replaced by that.
    struct Step
    {
        qsizetype at = 0;
        QString removed;
        QString added;
        bool operator==(const Step &) const = default;
    };
    [[nodiscard]] static Step difference(const QString &before, const QString &after);
    void onContentsChange();
    void add(const Step &step, int state);
    void apply(const Step &step);

    QTextDocument &m_document;
    QString m_text;       ///< as the document was after its last change
    QString m_before;     ///< as it was before the last step
    QList<Step> m_done;   ///< oldest first
    QList<int> m_states;  ///< the document's number of undo steps before each of them
    QList<Step> m_undone; ///< the next one to redo last
    int m_state = 0;
};

} // namespace Earshot
