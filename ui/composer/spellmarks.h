// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/composer/speller.h"

#include <QTextBlock>
#include <QTextEdit>
#include <QTimer>

class QMenu;

namespace Earshot {

class ComposerEdit;

/// Marks what is written wrong in a composer's text: each block is looked up when it changed, the word at the cursor
/// not before the cursor has left it. Belongs to its editor.
class SpellMarks final : public QObject
{
    Q_OBJECT

public:
    explicit SpellMarks(ComposerEdit *edit);
    /// The speller outlives the editor. Null = nothing is checked.
    void setSpeller(Speller *speller);
    /// A dictionary's language; empty = nothing is checked.
    void setLanguage(const QString &language);
    [[nodiscard]] const QString &language() const { return m_language; }
    /// The editor shows another document.
    void documentChanged();
    /// The marked words, for tests.
    [[nodiscard]] QStringList markedWords() const;
    /// Puts what can be done about the word at `position` before the menu's first entry. Suggestions come when they are
    /// found.
    void fillMenu(QMenu &menu, int position);

Q_SIGNALS:
    void marksChanged(const QList<QTextEdit::ExtraSelection> &marks);

private:
    void onContentsChange(int position, int removed, int added);
    void checkAll();
    void checkWaiting();
    void takeAnswer(const QTextBlock &block, const QString &text, const QList<Misspelling> &wrong);
    void showMarks();
    [[nodiscard]] QTextCursor wordAt(int position) const;
    void replace(const QTextCursor &word, const QString &by);

    ComposerEdit *m_edit;
    Speller *m_speller = nullptr;
    QString m_language;
    QMetaObject::Connection m_document;
    QTimer m_soon;
    QTimer m_show;            ///< once for all answers that came together
    QSet<int> m_waiting;      ///< numbers of the blocks that changed
    bool m_isTooLong = false; ///< to be checked, when it was last looked at
    quint64 m_generation = 0; ///< of language and document: late answers are dropped
};

} // namespace Earshot
