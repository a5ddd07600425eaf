// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composeredit.h"

#include "model/placeholders.h"
#include "ui/composer/spellmarks.h"
#include "ui/shell/appearance.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int lines = 4;

QStringList localFiles(const QMimeData *source)
{
    QStringList paths;
    const QList<QUrl> urls = source->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

} // namespace

ComposerEdit::ComposerEdit(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_spelling(new SpellMarks(this))
{
    connect(m_spelling, &SpellMarks::marksChanged, this, [this](const QList<QTextEdit::ExtraSelection> &marks) {
        m_misspelled = marks;
        showMarks();
    });
    setObjectName(QStringLiteral("composerText"));
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

bool ComposerEdit::isOwnKey(const QKeySequence &pressed)
{
    using Key = QKeySequence;
    static constexpr Key::StandardKey own[] = {
        Key::Undo, Key::Redo, Key::Copy, Key::Cut, Key::Paste, Key::SelectAll, Key::Deselect,
        // What takes away.
        Key::Delete, Key::Backspace, Key::DeleteStartOfWord, Key::DeleteEndOfWord, Key::DeleteEndOfLine,
        Key::DeleteCompleteLine, Key::InsertParagraphSeparator, Key::InsertLineSeparator,
        // What moves.
        Key::MoveToNextChar, Key::MoveToPreviousChar, Key::MoveToNextWord, Key::MoveToPreviousWord, Key::MoveToNextLine,
        Key::MoveToPreviousLine, Key::MoveToNextPage, Key::MoveToPreviousPage, Key::MoveToStartOfLine,
        Key::MoveToEndOfLine, Key::MoveToStartOfBlock, Key::MoveToEndOfBlock, Key::MoveToStartOfDocument,
        Key::MoveToEndOfDocument,
        // What marks.
        Key::SelectNextChar, Key::SelectPreviousChar, Key::SelectNextWord, Key::SelectPreviousWord, Key::SelectNextLine,
        Key::SelectPreviousLine, Key::SelectNextPage, Key::SelectPreviousPage, Key::SelectStartOfLine,
        Key::SelectEndOfLine, Key::SelectStartOfBlock, Key::SelectEndOfBlock, Key::SelectStartOfDocument,
        Key::SelectEndOfDocument};
    return std::any_of(std::begin(own), std::end(own),
                       [&pressed](Key::StandardKey key) { return Key::keyBindings(key).contains(pressed); });
}

QSize ComposerEdit::sizeHint() const
{
    return {300, fontMetrics().lineSpacing() * (lines + 1)};
}

QSize ComposerEdit::minimumSizeHint() const
{
    return {120, fontMetrics().lineSpacing() * 2 + 8};
}

void ComposerEdit::markFrom(qsizetype from)
{
    QList<QTextEdit::ExtraSelection> marks;
    if (from >= 0 && from < document()->characterCount()) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(int(from));
        mark.cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(Appearance::warning(palette()));
        mark.format.setForeground(Appearance::warning(palette()));
        marks.append(mark);
    }
    if (marks.isEmpty() && m_beyond.isEmpty())
        return;
    m_beyond = marks;
    showMarks();
}

void ComposerEdit::showMarks()
{
    setExtraSelections(m_misspelled + m_beyond);
}

bool ComposerEdit::goToGap()
{
    const QString text = toPlainText();
    const auto found = nextGap(text, textCursor().selectionEnd());
    const auto gap = found ? found : nextGap(text);
    if (!gap)
        return false;
    QTextCursor cursor = textCursor();
    cursor.setPosition(int(gap->from));
    cursor.setPosition(int(gap->from + gap->length), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    return true;
}

void ComposerEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("composerMenu"));
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const int position = isByKey ? textCursor().position() : cursorForPosition(event->pos()).position();
    m_spelling->fillMenu(*menu, position);
    Q_EMIT menuOpening(menu);
    menu->popup(isByKey ? viewport()->mapToGlobal(cursorRect().bottomLeft()) : event->globalPos());
}

bool ComposerEdit::event(QEvent *event)
{
    // They come before the window's shortcuts of the same name.
    if (event->type() == QEvent::ShortcutOverride && m_areLeft && m_areLeft(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    if (m_areLeft && m_areLeft(*event))
        event->ignore();
    else
        QPlainTextEdit::keyPressEvent(event);
}

bool ComposerEdit::canInsertFromMimeData(const QMimeData *source) const
{
    const bool isMedia = m_takesMedia && (source->hasImage() || !localFiles(source).isEmpty());
    return source->hasText() || isMedia;
}

void ComposerEdit::insertFromMimeData(const QMimeData *source)
{
    if (isReadOnly())
        return;
    // Where there is no room for them that is said: nobody means where they lie on this machine.
    if (const QStringList paths = localFiles(source); !paths.isEmpty()) {
        Q_EMIT filesGiven(paths);
        return;
    }
    if (m_takesMedia && source->hasImage() && !source->hasText()) {
        Q_EMIT imageGiven(qvariant_cast<QImage>(source->imageData()));
        return;
    }
    if (source->hasText())
        insertPlainText(source->text());
}

} // namespace Earshot
