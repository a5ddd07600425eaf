// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/keydispatcher.h"

#include "ui/shell/commandregistry.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

#include <array>

namespace Earshot {

namespace {

/// Whether the widget takes letters for itself.
bool takesLetters(const QWidget *widget)
{
    if (!widget)
        return false;
    if (const auto *text = qobject_cast<const QTextEdit *>(widget))
        return !text->isReadOnly();
    if (const auto *plain = qobject_cast<const QPlainTextEdit *>(widget))
        return !plain->isReadOnly();
    return qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget) ||
           qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractButton *>(widget);
}

/// The number of a key by the system's code, as evdev counts: 2 is that of 1.
quint32 physicalKey(quint32 scanCode)
{
#ifdef Q_OS_WIN
    return scanCode & 0xff;
#else
    return scanCode < 8 ? 0 : scanCode - 8;
#endif
}

/// The letter printed there on an American keyboard, by the scan code of X11, Wayland (evdev + 8) or Windows (evdev).
QChar physicalLetter(quint32 scanCode)
{
    const quint32 code = physicalKey(scanCode);
    struct Run
    {
        quint32 first;
        const char *letters;
        quint32 count;
    };
    static constexpr std::array<Run, 3> rows{Run{16, "QWERTYUIOP", 10}, Run{30, "ASDFGHJKL", 9}, Run{44, "ZXCVBNM", 7}};
    for (const Run &row : rows) {
        if (code >= row.first && code < row.first + row.count)
            return QLatin1Char(row.letters[code - row.first]);
    }
    return {};
}

/// No word has a letter so many times in a row.
constexpr int longestRun = 3;

/// Milliseconds: whoever waits longer for something looks what there is.
constexpr int patience = 1000;

/// The dispatcher of a widget.
constexpr const char *watchedBy = "earshotKeys";

/// Of a dialog: keys that were pressed before it was there may go into it.
constexpr const char *wanted = "earshotTakesKeysThatWaited";

/// Who presses this is not writing a text.
bool endsWriting(int key)
{
    return key == Qt::Key_Escape || key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp ||
           key == Qt::Key_PageDown || key == Qt::Key_Tab || key == Qt::Key_Backtab;
}

/// A key that does something by itself, where it is no shortcut.
bool isPlain(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers others = event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    return !others && (!event.text().isEmpty() || endsWriting(event.key()));
}

/// Where keys go now; null while a dialog is on its way.
QWidget *keyboardNow()
{
    QWidget *focus = QApplication::focusWidget();
    const QWidget *dialog = QApplication::activeModalWidget();
    return focus && dialog && focus->window() != dialog ? nullptr : focus;
}

/// In a dialog that none of the keys is for: a letter in it might choose something.
bool isElsewhere()
{
    const QWidget *dialog = QApplication::activeModalWidget();
    return dialog && !dialog->property(wanted).toBool();
}

} // namespace

KeyDispatcher::KeyDispatcher(CommandRegistry &commands, QObject *parent)
    : QObject(parent)
    , m_commands(commands)
{
    m_lapse.setSingleShot(true);
    m_lapse.setInterval(1500);
    m_heldBack.setSingleShot(true);
    m_heldBack.setInterval(1000);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_lapse, &QTimer::timeout, this, [this] { setChord({}); });
    connect(&m_heldBack, &QTimer::timeout, this, &KeyDispatcher::giveUp);
    connect(&m_patience, &QTimer::timeout, this, &KeyDispatcher::giveUp);
    connect(qApp, &QApplication::focusChanged, this, [this] {
        setChord({});
        if (isWaiting())
            goOn();
    });
}

void KeyDispatcher::watch(QWidget *widget)
{
    widget->setProperty(watchedBy, QVariant::fromValue<QObject *>(this));
    widget->installEventFilter(this);
}

void KeyDispatcher::goesOnIn(QDialog &dialog)
{
    dialog.setProperty(wanted, true);
}

QString KeyDispatcher::keyName(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (modifiers & ~Qt::KeyboardModifiers(Qt::ShiftModifier))
        return {};
    if (event.text().size() != 1 || !event.text().at(0).isPrint() || event.text().at(0).isSpace())
        return {};
    QChar letter = event.text().at(0);
    const bool isLatin = letter.unicode() < 0x250;
    if (!isLatin && letter.isLetter())
        letter = physicalLetter(event.nativeScanCode());
    if (letter.isNull())
        return {};
    if (!letter.isLetter())
        return letter;
    const QString name = letter.toUpper();
    return modifiers & Qt::ShiftModifier ? QStringLiteral("Shift+") + name : name;
}

int KeyDispatcher::digitOf(const QKeyEvent &event)
{
    if (event.key() >= Qt::Key_0 && event.key() <= Qt::Key_9)
        return event.key() - Qt::Key_0;
    const quint32 code = physicalKey(event.nativeScanCode());
    return code >= 2 && code <= 10 ? int(code) - 1 : 0;
}

bool KeyDispatcher::eventFilter(QObject *watched, QEvent *event)
{
    // Taken at ShortcutOverride too, so that no mnemonic or view's own letter search gets it first.
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    // While some wait all of the program's come by here, each at its window first.
    if (isKey && watched->isWidgetType() && isWaiting() && !m_isDoingWaiting) {
        const auto &key = *static_cast<QKeyEvent *>(event);
        // Else Qt would offer it to the parents, too.
        event->accept();
        if (event->type() == QEvent::KeyPress)
            return isBehind(key);
        event->setAccepted(isPlain(key));
        return isPlain(key);
    }
    if (isKey && watched->property(watchedBy).value<QObject *>() == this) {
        const auto &key = *static_cast<QKeyEvent *>(event);
        if (!m_isActive || takesLetters(QApplication::focusWidget()) || QApplication::activePopupWidget())
            return QObject::eventFilter(watched, event);
        if (event->type() == QEvent::KeyPress)
            return onKey(key) || QObject::eventFilter(watched, event);
        const QString name = keyName(key);
        if (!name.isEmpty() && (isInChord() || m_commands.beginsChord(name) || !m_commands.idOfKey(name).isEmpty())) {
            event->accept();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

void KeyDispatcher::holdBack()
{
    m_heldRun = 0;
    m_heldBack.start();
}

void KeyDispatcher::letGo()
{
    m_heldBack.stop();
    if (isWaiting())
        m_patience.start();
    goOn();
}

void KeyDispatcher::goOn()
{
    QMetaObject::invokeMethod(this, &KeyDispatcher::doWaiting, Qt::QueuedConnection);
}

void KeyDispatcher::wait(const QKeyEvent &event)
{
    // Holding a key down is not pressing it.
    if (event.isAutoRepeat())
        return;
    if (m_queue.isEmpty()) {
        // Also where what comes next is pressed in the dialog that was waited for.
        qApp->installEventFilter(this);
        m_seen = m_waiting.seen ? m_waiting.seen() : QList<qint64>();
        m_isForEditor = m_heldBack.isActive();
        m_patience.start();
    }
    m_queue.append(std::shared_ptr<QKeyEvent>(event.clone()));
}

void KeyDispatcher::doWaiting()
{
    if (m_queue.isEmpty() || m_heldBack.isActive())
        return;
    if (isElsewhere())
        return giveUp();
    if (isBusy() || isHandingOver())
        return;
    while (!m_queue.isEmpty()) {
        if (m_waiting.seen && m_waiting.seen() != m_seen)
            return giveUp();
        if (isElsewhere())
            return giveUp();
        QWidget *keyboard = keyboardNow();
        if (!keyboard)
            return;
        if (m_isForEditor && !takesLetters(keyboard))
            return giveUp();
        const QList<std::shared_ptr<QKeyEvent>> after = m_queue.mid(1);
        const std::shared_ptr<QKeyEvent> event = m_queue.constFirst();
        m_queue.clear();
        m_isDoingWaiting = true;
        QCoreApplication::sendEvent(keyboard, event.get());
        m_isDoingWaiting = false;
        // It waits again, or for an editor, and they behind it.
        const bool isStopped = isWaiting() || m_heldBack.isActive();
        m_queue += after;
        if (isStopped)
            return;
    }
    m_patience.stop();
    qApp->removeEventFilter(this);
}

void KeyDispatcher::giveUp()
{
    m_patience.stop();
    if (m_queue.isEmpty())
        return;
    const QString id = m_commands.idOfKey(keyName(*m_queue.constFirst()));
    m_queue.clear();
    qApp->removeEventFilter(this);
    Q_EMIT givenUp(id);
}

bool KeyDispatcher::isBehind(const QKeyEvent &event)
{
    if (m_heldBack.isActive())
        return isForEditor(event);
    if (!isPlain(event))
        return false;
    if (event.key() == Qt::Key_Escape)
        giveUp();
    else
        wait(event);
    return true;
}

bool KeyDispatcher::isForEditor(const QKeyEvent &event)
{
    const bool isEnter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    // Who believed to be writing has sent it.
    const bool isSent = isEnter && event.modifiers() & Qt::ControlModifier;
    if (isSent || endsWriting(event.key())) {
        m_heldBack.stop();
        giveUp();
        return isSent || event.key() == Qt::Key_Escape;
    }
    const QString name = keyName(event);
    if (name.isEmpty() && !isEnter && event.key() != Qt::Key_Space)
        return false;
    m_heldRun = !name.isEmpty() && name == m_heldName ? m_heldRun + 1 : 1;
    m_heldName = name;
    if (m_heldRun == longestRun && m_commands.idOfKey(name).startsWith(QLatin1StringView("list."))) {
        m_heldBack.stop();
        giveUp();
        return false;
    }
    m_heldBack.start();
    wait(event);
    m_patience.stop();
    return true;
}

bool KeyDispatcher::onKey(const QKeyEvent &event)
{
    if (event.key() == Qt::Key_Escape && isInChord()) {
        setChord({});
        return true;
    }
    if (m_heldBack.isActive() && isForEditor(event))
        return true;
    if (isHandingOver() && isPlain(event) && event.key() != Qt::Key_Escape) {
        wait(event);
        return true;
    }
    const QString name = keyName(event);
    if (name.isEmpty())
        return false;
    const QString begun = m_chord;
    const QString whole = begun.isEmpty() ? name : begun + QLatin1Char(' ') + name;
    if (begun.isEmpty() && m_commands.beginsChord(name)) {
        setChord(name);
        return true;
    }
    setChord({});
    const QString id = m_commands.idOfKey(whole);
    if (id.isEmpty())
        return !begun.isEmpty(); // A mistyped chord does nothing, least of all its second letter alone.
    // Holding a key walks the list, but never repeats anything else.
    if (!event.isAutoRepeat() || id.startsWith(QLatin1StringView("list.")))
        run(id, begun.isEmpty() ? &event : nullptr);
    return true;
}

void KeyDispatcher::run(const QString &id, const QKeyEvent *event)
{
    if (m_commands.trigger(id))
        return;
    if (event && isBusy())
        wait(*event);
    else
        Q_EMIT refused(id);
}

void KeyDispatcher::setChord(const QString &begun)
{
    if (m_chord == begun)
        return;
    m_chord = begun;
    if (begun.isEmpty())
        m_lapse.stop();
    else
        m_lapse.start();
    Q_EMIT chordChanged(begun);
}

} // namespace Earshot
