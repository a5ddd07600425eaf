// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QIODevice>

namespace Earshot {

/// A request's body that can be read once and never from the start again. QNetworkAccessManager repeats a request by
/// itself when its connection closes before the answer; it must rewind the body for that, and here it cannot. Lives on
/// the network thread and dies with its reply.
class ReadOnceDevice final : public QIODevice
{
    Q_OBJECT

public:
    explicit ReadOnceDevice(QByteArray body, QObject *parent);

    /// Something was taken or rewinding was tried: the request may be on its way.
    [[nodiscard]] bool isTouched() const { return m_isTouched; }
    /// Nothing more is given away, whatever the reader does.
    void seal();

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_body.size() - m_read; }
    [[nodiscard]] bool atEnd() const override { return m_read >= m_body.size(); }
    [[nodiscard]] qint64 size() const override { return m_body.size(); }
    bool reset() override;
    bool seek(qint64 position) override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_body;
    qsizetype m_read = 0;
    bool m_isTouched = false;
    bool m_isSealed = false;
};

} // namespace Earshot
