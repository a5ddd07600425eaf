// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/dialogkeys.h"

#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// Buttons are come by and pressed without a pointer.
class DialogKeysTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { new DialogKeys(qApp); }
    void init();
    void cleanup() { m_dialog.reset(); }
    void returnPressesWhatHasTheKeyboard_data();
    void returnPressesWhatHasTheKeyboard();
    void fieldStillPressesTheDefaultButton();
    void heldReturnPressesOnce();
    void tabLeavesTheRow();

private:
    void focus(QWidget *widget)
    {
        widget->setFocus();
        QTRY_COMPARE(QApplication::focusWidget(), widget);
    }

    std::unique_ptr<QDialog> m_dialog;
    QLineEdit *m_field = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_other = nullptr;
    QPushButton *m_default = nullptr;
};

/// As windows are made: Cancel first, which is shown last.
void DialogKeysTest::init()
{
    m_dialog = std::make_unique<QDialog>();
    m_field = new QLineEdit(m_dialog.get());
    auto *row = new QDialogButtonBox(QDialogButtonBox::Cancel, m_dialog.get());
    m_cancel = row->button(QDialogButtonBox::Cancel);
    m_other = row->addButton(u"Back"_s, QDialogButtonBox::ActionRole);
    m_default = row->addButton(u"Next"_s, QDialogButtonBox::ActionRole);
    m_cancel->setAutoDefault(false);
    m_other->setAutoDefault(false);
    m_default->setDefault(true);
    auto *column = new QVBoxLayout(m_dialog.get());
    column->addWidget(m_field);
    column->addWidget(row);
    m_dialog->show();
    m_dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void DialogKeysTest::returnPressesWhatHasTheKeyboard_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::newRow("Return") << Qt::Key_Return;
    QTest::newRow("Enter") << Qt::Key_Enter;
    QTest::newRow("Space") << Qt::Key_Space;
}

void DialogKeysTest::returnPressesWhatHasTheKeyboard()
{
    QFETCH(Qt::Key, key);
    QSignalSpy other(m_other, &QPushButton::clicked);
    QSignalSpy standard(m_default, &QPushButton::clicked);
    focus(m_other);
    QTest::keyClick(m_other, key, key == Qt::Key_Enter ? Qt::KeypadModifier : Qt::NoModifier);
    QCOMPARE(other.size(), 1);
    QCOMPARE(standard.size(), 0);
    focus(m_default);
    QTest::keyClick(m_default, key);
    QCOMPARE(standard.size(), 1);
    QCOMPARE(other.size(), 1);
}

void DialogKeysTest::fieldStillPressesTheDefaultButton()
{
    QSignalSpy standard(m_default, &QPushButton::clicked);
    focus(m_field);
    QTest::keyClick(m_field, Qt::Key_Return);
    QCOMPARE(standard.size(), 1);
}

void DialogKeysTest::heldReturnPressesOnce()
{
    QSignalSpy other(m_other, &QPushButton::clicked);
    QSignalSpy standard(m_default, &QPushButton::clicked);
    focus(m_other);
    for (const bool isRepeated : {false, true, true}) {
        QKeyEvent key(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QString(), isRepeated);
        QApplication::sendEvent(m_other, &key);
    }
    QCOMPARE(other.size(), 1);
    QCOMPARE(standard.size(), 0);
}

void DialogKeysTest::tabLeavesTheRow()
{
    for (const Qt::Key key : {Qt::Key_Tab, Qt::Key_Backtab}) {
        focus(m_field);
        QList<QWidget *> met;
        for (int i = 0; i < 4; ++i) {
            QTest::keyClick(QApplication::focusWidget(), key);
            met.append(QApplication::focusWidget());
        }
        const QList<QWidget *> wanted{m_other, m_default, m_cancel, m_field};
        if (key == Qt::Key_Tab)
            QCOMPARE(met, wanted);
        else
            QCOMPARE(met, (QList<QWidget *>{m_cancel, m_default, m_other, m_field}));
    }
}

QTEST_MAIN(DialogKeysTest)
#include "tst_dialogkeys.moc"
