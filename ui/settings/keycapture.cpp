// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/keycapture.h"

#include "ui/shell/keydispatcher.h"

#include <QKeyEvent>

namespace Earshot {

namespace {

bool hasModifier(const QKeyEvent &event)
{
    return event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
}

bool isFunctionKey(int key)
{
    return key >= Qt::Key_F1 && key <= Qt::Key_F35;
}

} // namespace

bool KeyCapture::isLeftAlone(const QKeyEvent &event) const
{
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return !hasModifier(event);
    case Qt::Key_Escape:
        return event.modifiers() != Qt::NoModifier || !m_takesEscape || hasEscape();
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_unknown:
        return true;
    default:
        return false;
    }
}

KeyCapture::KeyCapture(QWidget *parent)
    : QLineEdit(parent)
{
    setReadOnly(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    m_chord.setSingleShot(true);
    m_chord.setInterval(1500);
}

void KeyCapture::setKeys(const CommandKeys &keys)
{
    m_keys = keys;
    m_chord.stop();
    const QString shortcut = keys.shortcut.toString(QKeySequence::NativeText);
    setText(keys.key.isEmpty() ? shortcut : keys.key);
}

bool KeyCapture::event(QEvent *event)
{
    // Nothing that is pressed here runs what it is the shortcut of.
    if (event->type() == QEvent::ShortcutOverride && !isLeftAlone(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void KeyCapture::keyPressEvent(QKeyEvent *event)
{
    if (isLeftAlone(*event)) {
        QLineEdit::keyPressEvent(event);
        return;
    }
    const QString letter = KeyDispatcher::keyName(*event);
    const bool isJoined = m_chord.isActive() && !letter.isEmpty() && !m_keys.key.contains(QLatin1Char(' '));
    if (!letter.isEmpty()) {
        setKeys({isJoined ? m_keys.key + QLatin1Char(' ') + letter : letter, {}});
        if (!isJoined)
            m_chord.start();
        Q_EMIT captured();
        return;
    }
    if (hasModifier(*event) || isFunctionKey(event->key()) || event->key() == Qt::Key_Escape) {
        setKeys({{}, CommandRegistry::shortcutOf(*event)});
        Q_EMIT captured();
    }
}

} // namespace Earshot
