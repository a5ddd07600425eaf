// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bykeys.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QTimer>

namespace Earshot {

namespace {

/// Whether Tab has to come there. A group of radio buttons is one stop; a list that has nothing is passed.
bool isStop(const QWidget &widget, const QWidget &window)
{
    if (!widget.isVisible() || !widget.isEnabled() || widget.window() != &window || widget.focusProxy())
        return false;
    if (qobject_cast<QAbstractSpinBox *>(widget.parentWidget()) || qobject_cast<QComboBox *>(widget.parentWidget()))
        return false;
    return (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
}

/// Behind the last of a window comes the window itself, and then its first.
bool isRoundTheEnd(QWidget *from, const QWidget *to, const QWidget &window)
{
    const QWidget *next = from;
    while (next != to && next != &window)
        next = next->nextInFocusChain();
    return next == &window;
}

QString namesOf(const QList<QWidget *> &all)
{
    QStringList names;
    for (const QWidget *one : all)
        names.append(ByKeys::nameOf(one));
    return names.join(QStringLiteral(", "));
}

/// What is current in a list or a box, without the marks around names.
QString currentOf(const QWidget *widget)
{
    const auto *box = qobject_cast<const QComboBox *>(widget);
    const auto *list = qobject_cast<const QAbstractItemView *>(widget);
    QString text = box ? box->currentText() : list ? list->currentIndex().data().toString() : QString();
    return text.remove(QChar(0x2068)).remove(QChar(0x2069));
}

} // namespace

QString ByKeys::nameOf(const QWidget *widget)
{
    return widget ? QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName()
                  : QStringLiteral("none");
}

bool ByKeys::has(const QByteArray &name) const
{
    const QWidget *one = m_world.widget(name.constData());
    return one && one->isVisible() && m_world.focus() == one;
}

bool ByKeys::isInWindow() const
{
    const QWidget *one = m_world.focus();
    return one && one->isVisible() && m_world.window().isAncestorOf(one);
}

QDialog *ByKeys::dialog() const
{
    if (!m_world.focus())
        return nullptr;
    QWidget *top = QApplication::activeWindow();
    return top == &m_world.window() ? nullptr : qobject_cast<QDialog *>(top);
}

void ByKeys::press(const QString &keys)
{
    for (const QString &key : keys.split(QLatin1Char(' '))) {
        m_world.press(key);
        QTRY_VERIFY2(m_world.focus(), qPrintable(QStringLiteral("nothing has the keyboard after ") + key));
    }
}

void ByKeys::run(const QString &command)
{
    press(QStringLiteral("Ctrl+K"));
    QTRY_VERIFY(has("searchField"));
    m_world.type(QLatin1Char('>') + QString(command).remove(QChar(0x2026)));
    const auto *found = m_world.find<QAbstractItemView>("searchResults");
    QTRY_VERIFY2(found->model()->rowCount() > 0, qPrintable(command));
    QVERIFY2(found->model()->index(0, 0).data().toString().startsWith(command),
             qPrintable(found->model()->index(0, 0).data().toString()));
    press(QStringLiteral("Return"));
}

void ByKeys::walkTo(const QByteArray &name, const QString &key)
{
    for (int i = 0; i < 100 && !has(name); ++i)
        press(key);
    QVERIFY2(has(name), name.constData());
}

void ByKeys::chooseInMenu(const QString &text)
{
    const auto menu = [] { return qobject_cast<QMenu *>(QApplication::activePopupWidget()); };
    const auto isThere = [&] { return menu()->activeAction() && menu()->activeAction()->text().startsWith(text); };
    bool isChosen = false;
    QTimer walking;
    // The key that opens it comes back only when it has closed.
    QObject::connect(&walking, &QTimer::timeout, &walking, [&] {
        if (!menu())
            return;
        walking.stop();
        for (int i = 0; i < 40 && !isThere(); ++i)
            QTest::keyClick(menu(), Qt::Key_Down);
        isChosen = isThere();
        QTest::keyClick(menu(), isChosen ? Qt::Key_Return : Qt::Key_Escape);
    });
    walking.start();
    QTest::keyClick(m_world.focus(), Qt::Key_Space);
    QTRY_VERIFY2(isChosen && !menu(), qPrintable(text));
}

void ByKeys::goTo(const QString &text)
{
    const QWidget *here = m_world.focus();
    press(QStringLiteral("Home"));
    for (int i = 0; i < 40 && !currentOf(here).startsWith(text); ++i)
        press(QStringLiteral("Down"));
    QVERIFY2(m_world.focus() == here && currentOf(here).startsWith(text), qPrintable(text));
}

QList<QWidget *> ByKeys::stopsOf(const QDialog &shown)
{
    QList<QWidget *> met;
    for (QWidget *now = m_world.focus(); shown.isAncestorOf(now) && !met.contains(now) && met.size() < 100;
         now = m_world.focus()) {
        met.append(now);
        press(QStringLiteral("Tab"));
        // A time has its parts.
        for (int inside = 0; inside < 8 && m_world.focus() == now && qobject_cast<QAbstractSpinBox *>(now); ++inside)
            press(QStringLiteral("Tab"));
    }
    return met;
}

void ByKeys::walkRound(bool isInOrder)
{
    QTRY_VERIFY(dialog() && m_world.focus());
    const QDialog &shown = *dialog();
    QWidget *const first = m_world.focus();
    const QList<QWidget *> met = stopsOf(shown);
    QVERIFY2(m_world.focus() == first, qPrintable(nameOf(m_world.focus()) + u" after " + namesOf(met)));
    for (const QWidget *one : met) {
        QVERIFY2(!one->accessibleName().isEmpty() || qobject_cast<const QAbstractButton *>(one) ||
                     qobject_cast<const QLineEdit *>(one) || qobject_cast<const QComboBox *>(one) ||
                     qobject_cast<const QAbstractSpinBox *>(one),
                 qPrintable(nameOf(one)));
    }
    const auto all = shown.findChildren<QWidget *>();
    for (QWidget *one : all) {
        if (isStop(*one, shown) && !met.contains(one))
            QVERIFY2(false, qPrintable(nameOf(one) + u" is not reached: " + namesOf(met)));
    }
    if (isInOrder)
        checkOrder(shown, met);
}

void ByKeys::checkOrder(const QDialog &shown, const QList<QWidget *> &met)
{
    const auto placeOf = [&shown](const QWidget *one) { return QRect(one->mapTo(&shown, QPoint()), one->size()); };
    for (qsizetype i = 0; i + 1 < met.size(); ++i) {
        const QRect from = placeOf(met.at(i));
        const QRect to = placeOf(met.at(i + 1));
        const bool isBack = to.bottom() < from.top() && to.left() < from.right();
        QVERIFY2(!isBack || isRoundTheEnd(met.at(i), met.at(i + 1), shown),
                 qPrintable(nameOf(met.at(i)) + u" before " + nameOf(met.at(i + 1))));
    }
}

} // namespace Earshot
