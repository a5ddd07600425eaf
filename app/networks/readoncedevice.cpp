// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/readoncedevice.h"

#include <algorithm>
#include <cstring>

namespace Earshot {

ReadOnceDevice::ReadOnceDevice(QByteArray body, QObject *parent)
    : QIODevice(parent)
    , m_body(std::move(body))
{
    // Unbuffered: what QIODevice reads ahead would count as taken.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

void ReadOnceDevice::seal()
{
    m_isSealed = true;
}

bool ReadOnceDevice::reset()
{
    m_isTouched = true;
    return false;
}

bool ReadOnceDevice::seek(qint64)
{
    m_isTouched = true;
    return false;
}

qint64 ReadOnceDevice::readData(char *data, qint64 maxSize)
{
    if (m_isSealed || m_read >= m_body.size())
        return -1;
    const qsizetype count = std::min<qsizetype>(maxSize, m_body.size() - m_read);
    if (count <= 0)
        return 0;
    m_isTouched = true;
    std::memcpy(data, m_body.constData() + m_read, std::size_t(count));
    m_read += count;
    return count;
}

qint64 ReadOnceDevice::writeData(const char *, qint64)
{
    return -1;
}

} // namespace Earshot
