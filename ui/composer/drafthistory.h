// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QMap>
#include <QObject>
#include <QString>

#include <optional>

class QJsonArray;
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
    /// Made once after each change, from what the change did: however often it is asked for.
    [[nodiscard]] const QString &toText() const;
    /// The document's text as it is now; the same copy until it changes.
    [[nodiscard]] const QString &text() const { return m_stops.constFind(m_state)->text; }

private:
    /// What one step did: at this place (UTF-16 units) this text was replaced by that.
    struct Step
    {
        qsizetype at = 0;
        QString removed;
        QString added;
        QString json; ///< made with it, so that a key costs no more than the step that it adds
    };
    /// Where undoing and redoing can stop.
    struct Stop
    {
        QString text;
        std::optional<Step> step; ///< from the stop before this one; none = not looked for yet
    };
    void put(int state, const QString &text);
    void remove(int first, int beyond);
    [[nodiscard]] static Step difference(const QString &before, const QString &after);
    [[nodiscard]] static QString toJson(const QList<const Step *> &steps);
    [[nodiscard]] static QList<Step> stepsFrom(const QJsonArray &list);
    void onContentsChange();
    void apply(const Step &step);

    QTextDocument &m_document;
    /// By the number of undo steps; the present one and what can be redone are among them.
    mutable QMap<int, Stop> m_stops;
    int m_state = 0;                       ///< the document's number of undo steps
    mutable std::optional<QString> m_kept; ///< toText(), until something changes
};

} // namespace Earshot
