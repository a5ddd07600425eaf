// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composeredit.h"

#include "ui/shell/appearance.h"

#include <QKeyEvent>
#include <QMimeData>

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

bool isSendKey(const QKeyEvent &event)
{
    const bool isReturn = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    return isReturn && (event.modifiers() & Qt::ControlModifier) != 0;
}

} // namespace

ComposerEdit::ComposerEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("composerText"));
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
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
    setExtraSelections(marks);
}

bool ComposerEdit::event(QEvent *event)
{
    // The field's own keys come before the window's shortcuts of the same name.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (isSendKey(*key) || key->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    if (isSendKey(*event)) {
        Q_EMIT sendWanted((event->modifiers() & Qt::ShiftModifier) != 0);
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closeWanted();
        return;
    }
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
    if (m_takesMedia) {
        if (const QStringList paths = localFiles(source); !paths.isEmpty()) {
            Q_EMIT filesGiven(paths);
            return;
        }
        if (source->hasImage() && !source->hasText()) {
            Q_EMIT imageGiven(qvariant_cast<QImage>(source->imageData()));
            return;
        }
    }
    if (source->hasText())
        insertPlainText(source->text());
}

} // namespace Earshot
